# Wat we in het Nederlands zeggen. Eén gedachte per zin, geen verwijten. We zeggen je.
# Elk bericht dat iets opent, en elke herinnering, noemt de uitweg.

pattern-day = EEEE d MMMM y
pattern-at = EEEE d MMMM, HH:mm
pattern-time = HH:mm

welcome =
    Hallo! Ik let op { $chats }. Als iemand daar zegt dat je gemist wordt, of als je langer wegblijft dan ooit, zeg ik het je één keer, op tijd om nog mee te doen. Verder niets, en nooit in het openbaar.
    Zodat ik weet dat je mijn berichten ziet: antwoord met een woord, welk ook, en ik sta aan. STOP beëindigt het altijd.
welcome-explained =
    Ik schrijf je alleen als iemand in je chat zegt dat je gemist wordt, of als je langer wegblijft dan ooit: hoogstens één privébericht per keer, nooit in het openbaar. Niemand anders ziet dat je aangemeld bent.
    Antwoord met een woord als “ja” om me aan te zetten, of met STOP, dan hoor je niets meer van me.
started =
    Je doet mee: { $chats }. Als je netwerk roept, hoor je het één keer van me. STOP beëindigt het altijd, HULP zegt meer.
    Ik neem aan dat jouw klok die van { $zone } is. Zo niet, zeg het dan zo: TIJDZONE Europe/Amsterdam
started-again = Je doet mee: { $chats }. Als je netwerk roept, hoor je het één keer van me. STOP beëindigt het altijd, HULP zegt meer.
nobot = In je profiel staat #nobot, dus ik blijf weg. Wil je me toch, haal het dan weg en schrijf nog eens START.
stopped = Gedaan. Je hoort niets meer van me. START haalt me terug, VERGEET wist wat ik van je weet.
stopped-chat = Gedaan. Geen berichten meer over { $chats }; je andere chats blijven. STOP alleen beëindigt ze allemaal.
nothing-to-stop = Je bent niet aangemeld, dus er valt niets te stoppen. Ik schrijf je niet.
no-such-chat = #{ $chat } ken ik niet. START alleen meldt je aan voor alle chats waar ik op let, AGENDA noemt ze.

help =
    START, STOP: aanmelden, afmelden (ook START #chat, STOP #chat)
    AFWEZIG 2 weken, TERUG: laat me zo lang met rust
    HIER: ik lees mee
    VOLGENDE KEER, SEINTJE 15, SAMENVATTING AAN: zeg het vooraf, vertel het achteraf
    STILTE 22:00-07:00, TIJDZONE, TAAL: zoals ik het wil
    AGENDA, STATUS, WAAROM: wanneer, wat je weet, om welke reden
    KOPPEL: mijn accounts. VERGEET: alles wissen
help-line = Ik ben maar een kleine bot en begreep dat niet. START meldt je aan, STOP af, HULP noemt de rest.
too-many = Dat was veel in één uur, dus ik antwoord nu even niet meer. STOP werkt altijd. Probeer het over een uur weer.
which-stop = Zal ik stoppen? Schrijf STOP, alleen dat woord, en je hoort niets meer van me. Anders verandert er niets.
which-command = Dat kan ik op twee manieren lezen. Wat bedoel je: { $choices }? Schrijf alleen dat woord.
here = Fijn dat je er bent. Ik tel je mee en ben stil.
here-nothing-on = Dank je, maar er is nu geen chat van je bezig, dus ik kan je nergens meetellen. Zeg het als er een is.

away = Afwezig tot { $until }. TERUG beëindigt het eerder.
away-open = Afwezig tot je TERUG schrijft. Je kunt ook een dag of een tijd noemen, zo: AFWEZIG 2 weken
away-how = Ik kan niet lezen tot wanneer. Schrijf het zo: AFWEZIG tot 3 maart, of AFWEZIG 2 weken
away-past = Die dag is voorbij. Schrijf het zo: AFWEZIG tot 3 maart, of AFWEZIG 2 weken
which-day = Dat kan ik lezen als { $one } of als { $two }. Schrijf het met de naam van de maand, zo: AFWEZIG tot 3 maart
back = Welkom terug. Vanaf nu hoor je weer van me als je bij { $chats } gemist wordt.
next = Ik herinner je één keer, een kwartier vóór de volgende keer { $chats }{ $dated ->
        [yes] {" "}op { $at }
       *[no] {""}
    }. STOP beëindigt alle berichten.
heads-up-set = Voor elke keer { $chats } hoor je { $minutes ->
        [one] één minuut
       *[other] { $minutes } minuten
    } van tevoren van me. SEINTJE UIT beëindigt het.
next-off = Geen herinnering voor de volgende { $chats }.
heads-up-off = Geen berichten meer voor { $chats }.
not-in-chat = Je doet niet mee aan { $chat }. START { $chat } meldt je aan.
heads-up-how = Zeg me hoeveel minuten van tevoren, hoogstens een dag, zo: SEINTJE 15
recap-on = Als je { $chats } mist, stuur ik je achteraf de vragen, en wat de mensen zeiden met wie je praat. SAMENVATTING UIT beëindigt het.
recap-off = Geen berichten meer na { $chats }.
quiet-set = Stilte van { $start } tot { $end }: dan schrijf ik je niet, ook niet tijdens een chat. STILTE BEHALVE CHATS staat dat toe.
quiet-set-lifted = Stilte van { $start } tot { $end }, behalve tijdens je chats.
quiet-lifted = Je stille uren blijven zoals ze zijn, maar tijdens je chats mag ik schrijven.
quiet-off = Geen stille uren: ik mag je altijd schrijven. STILTE 22:00-07:00 brengt ze terug.
quiet-usual = De stille uren zijn weer de gewone.
quiet-how = Zeg me van wanneer tot wanneer, zo: STILTE 22:00-07:00, of STILTE UIT
quiet-covers = In je stille uren ({ $start } tot { $end }) begint: { $covered }. Je zou er niets van horen; STILTE BEHALVE CHATS laat het door.
zone-set = Jouw klok is nu die van { $zone }. Alle tijden die ik noem volgen die.
zone-now = Ik neem aan dat jouw klok die van { $zone } is. Noem een stad om dat te veranderen, zo: TIJDZONE Brussel
zone-which = Daarvan zijn er meer. Welke is het: { $zones }? Schrijf TIJDZONE en dan die.
zone-how = Die tijdzone ken ik niet; tot nu toe neem ik aan dat de jouwe { $zone } is. Noem een stad, zo: TIJDZONE Europe/Amsterdam
language-set = Vanaf nu spreek ik Nederlands met je.
language-how = Ik spreek English, Deutsch, français, español, português, Nederlands en 日本語. Schrijf het zo: TAAL nl

chats-line = #{ $chat }: { $at }
chats-line-none = #{ $chat }: geen datum in de komende twee maanden
chats-line-live = #{ $chat }: nu bezig, tot { $until }{ $dated ->
    [yes] ; daarna weer op { $at }
   *[no] {""}
}
chats-zone = (tijden in { $zone })
status =
    { $consent ->
        [live] Je doet mee: { $chats }.
        [asked] Je schreef START voor { $chats }, en ik wacht op een woord van je.
       *[stopped] Je bent afgemeld: ik stuur je niets.
    } { $away ->
        [open] Afwezig tot TERUG.
        [until] Afwezig tot { $until }.
       *[no] {""}
    }
    Tijdzone { $zone }{ $guess ->
        [yes] {" "}(gegokt)
       *[no] {""}
    }, stilte { $quiet ->
        [none] nooit
       *[some] { $start } tot { $end }
    }{ $lifted ->
        [yes] {" "}behalve tijdens de chats
       *[no] {""}
    }.
    Seintje: { $headsup ->
        [none] uit
       *[some] { $headsups }
    }. Volgende keer: { $next ->
        [none] uit
       *[some] { $nexts }
    }. Samenvatting: { $recap ->
        [none] uit
       *[some] { $recaps }
    }.
    Ik ken { $accounts }. Sinds { $since } was je er { $sessions ->
        [0] nog niet
        [one] één keer
       *[other] { $sessions } keer
    }, en ik stuurde je { $reminders ->
        [0] nog geen herinnering
        [one] één herinnering
       *[other] { $reminders } herinneringen
    }. VERGEET wist dat allemaal.
nothing-known = Ik weet niets van je. START meldt je aan.

why-called =
    Op { $day } { $people ->
        [one] riep één mens
       *[other] riepen { $people } mensen
    } je bij { $chat } terwijl je er niet was. Mijn regel: wie geroepen wordt { $phase ->
        [live] terwijl het bezig is, hoort het één keer, op tijd om nog mee te doen. Er { $minutes ->
            [one] was nog één minuut
           *[other] waren nog { $minutes } minuten
        }
       *[after] hoort het één keer, tot een dag later. Het was toen al voorbij
    }; { $known ->
        [all] het staat hier: { $links }
        [some] het staat het eerst hier: { $links }
       *[no] waar het stond ben ik vergeten, zoals altijd na een dag.
    }
why-lapsed =
    Op { $day } had niemand je bij { $chat } gezien sinds { $run ->
        [one] één keer
       *[other] { $run } keer
    }, langer dan bij jou gewoon is. Mijn regel: dan schrijf ik één keer, terwijl het bezig is en meedoen nog zin heeft. Je was er op je gewone tijd nog niet, en er { $questions ->
        [one] kwam nog één vraag
       *[other] kwamen nog { $questions } vragen
    }.
why-heads-up = Omdat je het vroeg: ik schrijf vóór elke keer { $chat }, zo ook op { $day }. SEINTJE UIT beëindigt het.
why-next = Omdat je VOLGENDE KEER schreef: ik zei je wanneer { $chat } weer was, op { $day }. Dat was voor één keer.
why-recap = Omdat je SAMENVATTING AAN schreef: { $chat } was op { $day }, en ik zag je er niet. SAMENVATTING UIT beëindigt het.
why-forgotten = Mijn laatste bericht ging over { $chat } op { $day }. Waarom weet ik niet meer; wie mij beheert kan het nakijken.
why-answer = Dat was een antwoord op wat je schreef. Uit mezelf schrijf ik alleen als je gemist wordt.
why-none = Ik heb je nog geen herinnering gestuurd, dus er valt niets uit te leggen.

link-code = Schrijf me dit binnen tien minuten vanaf je andere account: KOPPEL { $code }
    Kom dan hier terug en schrijf KOPPEL JA. Tot dan verandert er niets, en niemand anders mag de code hebben.
link-claimed = Dank je. Ga nu terug naar waar je de code kreeg en schrijf daar KOPPEL JA. Pas dan zijn beide accounts één.
link-done = Gedaan: { $accounts } zijn voor mij nu één mens. Je krijgt één herinnering, geen twee. VERGEET wist ze allebei.
link-wrong = Dat is geen code van mij, of hij is te oud. Schrijf KOPPEL vanaf je eerste account voor een nieuwe.
link-many = Te veel verkeerde codes. Wacht tien minuten en schrijf dan KOPPEL vanaf je eerste account.
link-same = De twee accounts moeten op verschillende platforms zijn, op elk één. Er is niets veranderd.
link-own = Die code moet van je andere account komen. Er is niets veranderd.
link-waiting = Nog geen account heeft je code genoemd. Schrijf hem eerst daar, dan hier KOPPEL JA.
link-start = Schrijf eerst START en beantwoord mijn vraag; daarna geeft KOPPEL je een code.

forget-sure = VERGEET wist alles wat ik van je bewaar: accounts, chats, aanwezigheid, berichten. Schrijf binnen een dag nog eens VERGEET om het te doen.
forgotten = Alles over jou is gewist. Dit is mijn laatste bericht, tenzij je me weer schrijft. Bedankt dat je er was.

host-which = Welke van je chats? Noem hem, zo: { $example }
host-none-then = Die dag is er geen { $chat }.
host-nothing = Er is de komende twee maanden geen { $chat } om te veranderen.
host-cancelled = { $chat } op { $at } gaat niet door. Niemand telt als afwezig, en niemand hoort van me.
host-moved = { $chat } is deze keer op { $at }, in plaats van { $before }.
host-how = Zeg me de tijd op de klok van de chat, zo: VERPLAATS 21:00, of VERPLAATS morgen 21:00
host-who = { $chat }: { $live ->
        [one] één lid
       *[other] { $live } leden
    } aangemeld{ $is-on ->
        [yes] . Nu daar: { $people ->
            [one] één mens
           *[other] { $people } mensen
        }, van wie { $here ->
            [one] één lid
           *[other] { $here } leden
        }; { $called ->
            [one] één lid
           *[other] { $called } leden
        } geroepen
       *[no] {""}
    }. Ik noem alleen aantallen.

others = { $count ->
    [one] één ander
   *[other] { $count } anderen
}
called-live =
    { $names } { $callers ->
        [one] mist
       *[other] missen
    } je nu bij { $chat }. { $number ->
        [0] Het is net begonnen.
       *[other] Vraag { $number } van { $of } loopt: “{ $question }”
    } { $minutes ->
        [one] Er is nog één minuut,
       *[other] Er zijn nog { $minutes } minuten,
    } kom zoals je bent: { $link }
    (Antwoord STOP om deze berichten te beëindigen.)
called-after =
    { $names } { $callers ->
        [one] heeft
       *[other] hebben
    } je gemist bij { $chat }. Voor deze keer is het voorbij; de volgende keer is op { $next }.
    Wat er gezegd is: { $link }
    (Antwoord STOP om deze berichten te beëindigen.)
called-after-last =
    { $names } { $callers ->
        [one] heeft
       *[other] hebben
    } je gemist bij { $chat }. Voor deze keer is het voorbij.
    Wat er gezegd is: { $link }
    (Antwoord STOP om deze berichten te beëindigen.)
lapsed-live =
    { $chat } is bezig, en je was er een tijdje niet. { $number ->
        [0] Het is net begonnen.
       *[other] Vraag { $number } van { $of } loopt: “{ $question }”
    } { $minutes ->
        [one] Er is nog één minuut,
       *[other] Er zijn nog { $minutes } minuten,
    } als je zin hebt: { $link }
    (Antwoord STOP om deze berichten te beëindigen, of AFWEZIG 2 weken.)
heads-up =
    Potloden klaar: { $chat } begint op { $next }. Je vroeg me dat te zeggen.
    { $link }
    (SEINTJE UIT beëindigt dit, STOP beëindigt alles.)
reminder-next =
    Je wilde van de volgende keer horen: { $chat } begint op { $next }.
    { $link }
    (Dat was voor één keer. SEINTJE 15 zegt het elke keer, STOP beëindigt alles.)
recap =
    Je wilde horen van { $chat } op { $day }: { $link }
    { $questions }
    { $friends ->
        [0] {""}
        [one] { $names } was er{ $linked ->
            [yes] : { $said }
           *[no] .
        }
       *[other] { $names } waren er{ $linked ->
            [yes] : { $said }
           *[no] .
        }
    }
    { $coming ->
        [yes] De volgende keer is op { $next }.
       *[no] {""}
    }
    (SAMENVATTING UIT beëindigt dit, STOP beëindigt alles.)
