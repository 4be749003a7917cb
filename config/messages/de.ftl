# Was wir auf Deutsch sagen. Ein Gedanke je Satz, kein Vorwurf, kein Ausrufezeichen nach dem anderen. Wir sagen du.
# Jede Nachricht, die etwas öffnet, und jede Erinnerung nennt den Ausweg.

pattern-day = EEEE, d. MMMM y
pattern-at = EEEE, d. MMMM, HH:mm 'Uhr'
pattern-time = HH:mm

welcome =
    Hallo! Ich achte auf { $chats }. Wenn dort jemand sagt, dass du fehlst, oder wenn du länger wegbleibst als je zuvor, sage ich es dir einmal, rechtzeitig, um noch dazuzukommen. Sonst nichts, und nie öffentlich.
    Damit ich weiß, dass du meine Nachrichten siehst: Antworte mit irgendeinem Wort, dann bin ich für dich da. STOPP beendet es jederzeit.
welcome-explained =
    Ich schreibe dir nur, wenn in deinem Chat jemand sagt, dass du fehlst, oder wenn du länger wegbleibst als je zuvor: höchstens eine Direktnachricht je Abend, nie öffentlich. Niemand sonst sieht, dass du angemeldet bist.
    Antworte mit einem Wort wie „ja“, um mich einzuschalten, oder mit STOPP, dann hörst du nichts mehr von mir.
started =
    Du bist dabei: { $chats }. Wenn dein Netzwerk ruft, hörst du es einmal von mir. STOPP beendet es jederzeit, HILFE sagt mehr.
    Ich nehme an, dass deine Uhr die von { $zone } ist. Wenn nicht, schreib mir zum Beispiel: ZEITZONE Europe/Berlin
started-again = Du bist dabei: { $chats }. Wenn dein Netzwerk ruft, hörst du es einmal von mir. STOPP beendet es jederzeit, HILFE sagt mehr.
nobot = In deinem Profil steht #nobot, darum halte ich mich fern. Wenn du mich trotzdem willst, nimm es heraus und schreib noch einmal START.
stopped = Erledigt. Du hörst nichts mehr von mir. START holt mich zurück, VERGISS löscht, was ich von dir weiß.
stopped-chat = Erledigt. Keine Nachrichten mehr zu { $chats }; deine anderen Chats bleiben. STOPP allein beendet alle.
nothing-to-stop = Du bist nicht angemeldet, also gibt es nichts zu beenden. Ich schreibe dir nicht.
no-such-chat = #{ $chat } kenne ich nicht. START allein meldet dich für alle Chats an, auf die ich achte, TERMINE zählt sie auf.

help =
    START, STOPP: anmelden, abmelden (auch START #chat, STOPP #chat)
    WEG 2 Wochen, ZURÜCK: lass mich so lange in Ruhe
    HIER: ich lese mit
    NÄCHSTES MAL, VORWARNUNG 15, RÜCKBLICK AN: sag es vorher, erzähl es nachher
    RUHE 22:00-07:00, ZEITZONE, SPRACHE: wie ich es mag
    TERMINE, STATUS, WARUM: wann, was du weißt, weshalb
    VERBINDEN: meine Konten. VERGISS: alles löschen
help-line = Ich bin nur ein kleiner Bot und habe das nicht verstanden. START meldet dich an, STOPP ab, HILFE nennt den Rest.
too-many = Das war viel in einer Stunde, darum antworte ich jetzt nicht mehr. STOPP wirkt immer. Versuch es in einer Stunde wieder.
which-stop = Soll ich aufhören? Schreib STOPP, nur dieses Wort, dann hörst du nichts mehr von mir. Sonst bleibt alles, wie es ist.
which-command = Das kann ich auf zwei Arten lesen. Was meinst du: { $choices }? Schreib nur dieses Wort.
here = Schön, dass du da bist. Ich zähle dich mit und bin still.
here-nothing-on = Danke, aber gerade läuft keiner deiner Chats, also kann ich dich nirgends mitzählen. Sag es, wenn einer läuft.

away = Weg bis { $until }. ZURÜCK beendet es früher.
away-open = Weg, bis du ZURÜCK schreibst. Du kannst auch einen Tag oder eine Zeit nennen, etwa so: WEG 2 Wochen
away-how = Ich kann nicht lesen, bis wann. Schreib es etwa so: WEG bis 3. März, oder WEG 2 Wochen
away-past = Dieser Tag ist vorbei. Schreib es etwa so: WEG bis 3. März, oder WEG 2 Wochen
which-day = Das kann ich als { $one } oder als { $two } lesen. Schreib es mit dem Namen des Monats, etwa so: WEG bis 3. März
back = Willkommen zurück. Ab jetzt hörst du wieder von mir, wenn du bei { $chats } fehlst.
next = Ich erinnere dich einmal, eine Viertelstunde vor dem nächsten Mal bei { $chats }{ $dated ->
        [yes] {" "}am { $at }
       *[no] {""}
    }. STOPP beendet alle Nachrichten.
heads-up-set = Vor jedem Mal bei { $chats } hörst du { $minutes ->
        [one] eine Minute
       *[other] { $minutes } Minuten
    } vorher von mir. VORWARNUNG AUS beendet es.
next-off = Keine Erinnerung vor dem nächsten Termin von { $chats }.
heads-up-off = Keine Nachrichten mehr vor { $chats }.
not-in-chat = Für { $chat } bist du nicht angemeldet. START { $chat } ändert das.
heads-up-how = Sag mir, wie viele Minuten vorher, höchstens einen Tag, etwa so: VORWARNUNG 15
recap-on = Wenn du { $chats } verpasst, schicke ich dir nachher die Fragen, und was die gesagt haben, mit denen du sprichst. RÜCKBLICK AUS beendet es.
recap-off = Keine Nachrichten mehr nach { $chats }.
quiet-set = Ruhe von { $start } bis { $end }: Da schreibe ich dir nicht, auch nicht während eines Chats. RUHE AUSSER CHATS erlaubt das.
quiet-set-lifted = Ruhe von { $start } bis { $end }, außer während einer deiner Chats läuft.
quiet-lifted = Deine Ruhezeit bleibt, aber während einer deiner Chats läuft, darf ich schreiben.
quiet-off = Keine Ruhezeit: Ich darf dir jederzeit schreiben. RUHE 22:00-07:00 bringt sie zurück.
quiet-usual = Die Ruhezeit ist wieder die übliche.
quiet-how = Sag mir, von wann bis wann, etwa so: RUHE 22:00-07:00, oder RUHE AUS
quiet-covers = In deiner Ruhezeit ({ $start } bis { $end }) beginnt: { $covered }. Du würdest nichts davon hören; RUHE AUSSER CHATS lässt es durch.
zone-set = Deine Uhr ist jetzt die von { $zone }. Alle Zeiten, die ich nenne, richten sich danach.
zone-now = Ich nehme an, dass deine Uhr die von { $zone } ist. Um das zu ändern, nenn eine Stadt, etwa so: ZEITZONE Wien
zone-which = Davon gibt es mehrere. Welche ist es: { $zones }? Schreib ZEITZONE und dann diese.
zone-how = Diese Zeitzone kenne ich nicht; bis jetzt nehme ich an, dass deine { $zone } ist. Nenn eine Stadt, etwa so: ZEITZONE Europe/Berlin
language-set = Ab jetzt spreche ich Deutsch mit dir.
language-how = Ich spreche English, Deutsch, français, español, português, Nederlands und 日本語. Schreib es etwa so: SPRACHE de

chats-line = #{ $chat }: { $at }
chats-line-none = #{ $chat }: kein Termin in den nächsten zwei Monaten
chats-line-live = #{ $chat }: läuft gerade, bis { $until }{ $dated ->
    [yes] ; danach wieder am { $at }
   *[no] {""}
}
chats-zone = (Zeiten in { $zone })
status =
    { $consent ->
        [live] Du bist dabei: { $chats }.
        [asked] Du hast START für { $chats } geschrieben, und ich warte auf ein Wort.
       *[stopped] Du bist abgemeldet: Ich schicke dir nichts.
    } { $away ->
        [open] Weg bis ZURÜCK.
        [until] Weg bis { $until }.
       *[no] {""}
    }
    Zeitzone { $zone }{ $guess ->
        [yes] {" "}(geraten)
       *[no] {""}
    }, Ruhe { $quiet ->
        [none] nie
       *[some] { $start } bis { $end }
    }{ $lifted ->
        [yes] {" "}außer während der Chats
       *[no] {""}
    }.
    Vorwarnung: { $headsup ->
        [none] aus
       *[some] { $headsups }
    }. Nächstes Mal: { $next ->
        [none] aus
       *[some] { $nexts }
    }. Rückblick: { $recap ->
        [none] aus
       *[some] { $recaps }
    }.
    Ich kenne { $accounts }. Seit { $since } warst du { $sessions ->
        [0] noch nicht
        [one] einmal
       *[other] { $sessions }-mal
    } da, und ich habe dir { $reminders ->
        [0] noch keine Erinnerung
        [one] eine Erinnerung
       *[other] { $reminders } Erinnerungen
    } geschickt. VERGISS löscht das alles.
nothing-known = Ich weiß nichts von dir. START meldet dich an.

why-called =
    Am { $day } { $people ->
        [one] hat dich ein Mensch
       *[other] haben dich { $people } Menschen
    } bei { $chat } gerufen, während du nicht da warst. Meine Regel: Wer gerufen wird, { $phase ->
        [live] während es läuft, hört es einmal, rechtzeitig, um dazuzukommen. Es { $minutes ->
            [one] blieb noch eine Minute
           *[other] blieben noch { $minutes } Minuten
        }
       *[after] hört es einmal, bis zu einem Tag danach. Da war es schon vorbei
    }; { $known ->
        [all] geschrieben wurde es hier: { $links }
        [some] geschrieben wurde es zuerst hier: { $links }
       *[no] wo es geschrieben wurde, habe ich vergessen, wie immer nach einem Tag.
    }
why-lapsed =
    Am { $day } hatte dich bei { $chat } seit { $run ->
        [one] einem Treffen
       *[other] { $run } Treffen
    } niemand gesehen, länger als bei dir üblich. Meine Regel: Dann schreibe ich einmal, während es läuft und sich das Dazukommen noch lohnt. Du warst zu deiner üblichen Zeit noch nicht da, und { $questions ->
        [one] eine Frage stand
       *[other] { $questions } Fragen standen
    } noch aus.
why-heads-up = Weil du es wolltest: Ich schreibe vor jedem Mal bei { $chat }, so auch am { $day }. VORWARNUNG AUS beendet es.
why-next = Weil du NÄCHSTES MAL geschrieben hast: Ich habe dir das nächste Mal bei { $chat } gesagt, das war am { $day }. Es galt für dieses eine Mal.
why-recap = Weil du RÜCKBLICK AN geschrieben hast: { $chat } war am { $day }, und ich habe dich dort nicht gesehen. RÜCKBLICK AUS beendet es.
why-forgotten = Meine letzte Nachricht an dich war über { $chat } am { $day }. Den Grund weiß ich nicht mehr; wer mich betreibt, kann nachsehen.
why-answer = Das war eine Antwort auf etwas, das du geschrieben hast. Ungefragt schreibe ich nur, wenn du fehlst.
why-none = Ich habe dir bis jetzt keine Erinnerung geschickt, also gibt es nichts zu erklären.

link-code = Schreib mir das in den nächsten zehn Minuten von deinem anderen Konto: VERBINDEN { $code }
    Komm dann hierher zurück und schreib VERBINDEN JA. Bis dahin ändert sich nichts, und niemand sonst soll den Code haben.
link-claimed = Danke. Geh jetzt dorthin zurück, wo du den Code bekommen hast, und schreib dort VERBINDEN JA. Erst dann sind beide Konten eins.
link-done = Erledigt: { $accounts } sind für mich jetzt ein Mensch. Du bekommst eine Erinnerung, nicht zwei. VERGISS löscht beide.
link-wrong = Das ist kein Code von mir, oder er ist zu alt. Schreib VERBINDEN von deinem ersten Konto, dann gibt es einen neuen.
link-many = Zu viele falsche Codes. Warte zehn Minuten und schreib dann VERBINDEN von deinem ersten Konto.
link-same = Die beiden Konten müssen auf verschiedenen Plattformen sein, je eines. Es hat sich nichts geändert.
link-own = Dieser Code muss von deinem anderen Konto kommen. Es hat sich nichts geändert.
link-waiting = Noch hat kein Konto deinen Code genannt. Schreib ihn erst dort, dann hier VERBINDEN JA.
link-start = Schreib erst START und antworte auf meine Frage; danach gibt dir VERBINDEN einen Code.

forget-sure = VERGISS löscht alles, was ich von dir habe: Konten, Chats, Anwesenheit, Nachrichten. Damit es geschieht, schreib innerhalb eines Tages noch einmal VERGISS.
forgotten = Alles über dich ist gelöscht. Das ist meine letzte Nachricht, außer du schreibst mir wieder. Danke, dass du da warst.

host-which = Welcher deiner Chats? Nenn ihn, etwa so: { $example }
host-none-then = An diesem Tag gibt es bei { $chat } keinen Termin.
host-nothing = In den nächsten zwei Monaten gibt es bei { $chat } keinen Termin zu ändern.
host-cancelled = { $chat } am { $at } fällt aus. Niemand gilt als abwesend, und niemand hört von mir.
host-moved = { $chat } ist diesmal am { $at } statt am { $before }.
host-how = Sag mir die Zeit nach der Uhr des Chats, etwa so: VERSCHIEBEN 21:00, oder VERSCHIEBEN morgen 21:00
host-who = { $chat }: { $live ->
        [one] ein Mitglied
       *[other] { $live } Mitglieder
    } angemeldet{ $is-on ->
        [yes] . Gerade da: { $people ->
            [one] ein Mensch
           *[other] { $people } Menschen
        }, davon { $here ->
            [one] ein Mitglied
           *[other] { $here } Mitglieder
        }; { $called ->
            [one] ein Mitglied
           *[other] { $called } Mitglieder
        } gerufen
       *[no] {""}
    }. Ich nenne nur Zahlen.

others = { $count ->
    [one] eine weitere Person
   *[other] { $count } weitere
}
called-live =
    { $names } { $callers ->
        [one] vermisst
       *[other] vermissen
    } dich gerade bei { $chat }. { $number ->
        [0] Es hat eben erst angefangen.
       *[other] Frage { $number } von { $of } läuft: „{ $question }“
    } Es { $minutes ->
        [one] bleibt eine Minute,
       *[other] bleiben { $minutes } Minuten,
    } komm, wie du bist: { $link }
    (Antworte STOPP, um diese Nachrichten zu beenden.)
called-after =
    { $names } { $callers ->
        [one] hat
       *[other] haben
    } dich bei { $chat } vermisst. Für diesmal ist es vorbei; das nächste Mal ist am { $next }.
    Was gesagt wurde: { $link }
    (Antworte STOPP, um diese Nachrichten zu beenden.)
called-after-last =
    { $names } { $callers ->
        [one] hat
       *[other] haben
    } dich bei { $chat } vermisst. Für diesmal ist es vorbei.
    Was gesagt wurde: { $link }
    (Antworte STOPP, um diese Nachrichten zu beenden.)
lapsed-live =
    { $chat } läuft, und du warst eine Weile nicht da. { $number ->
        [0] Es hat eben erst angefangen.
       *[other] Frage { $number } von { $of } läuft: „{ $question }“
    } Es { $minutes ->
        [one] bleibt eine Minute,
       *[other] bleiben { $minutes } Minuten,
    } wenn du magst: { $link }
    (Antworte STOPP, um diese Nachrichten zu beenden, oder WEG 2 Wochen.)
heads-up =
    Stifte bereit: { $chat } beginnt am { $next }. Du wolltest, dass ich es sage.
    { $link }
    (VORWARNUNG AUS beendet das, STOPP beendet alles.)
reminder-next =
    Du wolltest vom nächsten Mal hören: { $chat } beginnt am { $next }.
    { $link }
    (Das war für dieses eine Mal. VORWARNUNG 15 sagt es jedes Mal, STOPP beendet alles.)
recap =
    Du wolltest von { $chat } am { $day } hören: { $link }
    { $questions }
    { $friends ->
        [0] {""}
        [one] { $names } war da{ $linked ->
            [yes] : { $said }
           *[no] .
        }
       *[other] { $names } waren da{ $linked ->
            [yes] : { $said }
           *[no] .
        }
    }
    { $coming ->
        [yes] Das nächste Mal ist am { $next }.
       *[no] {""}
    }
    (RÜCKBLICK AUS beendet das, STOPP beendet alles.)
