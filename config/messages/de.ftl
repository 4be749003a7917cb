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
    NÄCHSTES MAL, VORWARNUNG 15, RÜCKBLICK AN: sag es vorher, erzähl es nachher (noch nicht verschickt)
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
away-past = Dieser Tag ist vorbei. Schreib es etwa so: WEG bis 3. März, oder WEG 2 Wochen
which-day = Das kann ich als { $one } oder als { $two } lesen. Schreib es mit dem Namen des Monats, etwa so: WEG bis 3. März
back = Willkommen zurück. Ab jetzt hörst du wieder von mir, wenn du bei { $chats } fehlst.
next = Ich erinnere dich einmal, vor dem nächsten Mal bei { $chats }. STOPP beendet alle Nachrichten. Ich merke mir das, kann es aber noch nicht senden.
heads-up-set = Vor jedem Mal bei { $chats } hörst du { $minutes ->
        [one] eine Minute
       *[other] { $minutes } Minuten
    } vorher von mir. VORWARNUNG AUS beendet es. Ich merke mir das, kann es aber noch nicht senden.
heads-up-off = Keine Nachrichten mehr vor { $chats }.
heads-up-how = Sag mir, wie viele Minuten vorher, höchstens einen Tag, etwa so: VORWARNUNG 15
recap-on = Wenn du { $chats } verpasst, schicke ich dir nachher die Fragen. RÜCKBLICK AUS beendet es. Ich merke mir das, kann es aber noch nicht senden.
recap-off = Keine Nachrichten mehr nach { $chats }.
quiet-set = Ruhe von { $start } bis { $end }: Da schreibe ich dir nicht, auch nicht während eines Chats. RUHE AUSSER CHATS erlaubt das.
quiet-set-lifted = Ruhe von { $start } bis { $end }, außer während einer deiner Chats läuft.
quiet-lifted = Deine Ruhezeit bleibt, aber während einer deiner Chats läuft, darf ich schreiben.
quiet-off = Keine Ruhezeit: Ich darf dir jederzeit schreiben. RUHE 22:00-07:00 bringt sie zurück.
quiet-usual = Die Ruhezeit ist wieder die übliche.
quiet-how = Sag mir, von wann bis wann, etwa so: RUHE 22:00-07:00, oder RUHE AUS
zone-set = Deine Uhr ist jetzt die von { $zone }. Alle Zeiten, die ich nenne, richten sich danach.
zone-which = Davon gibt es mehrere. Welche ist es: { $zones }? Schreib ZEITZONE und dann diese.
zone-how = Diese Zeitzone kenne ich nicht; bis jetzt nehme ich an, dass deine { $zone } ist. Nenn eine Stadt, etwa so: ZEITZONE Europe/Berlin
language-set = Ab jetzt spreche ich Deutsch mit dir.
language-how = Ich spreche English, Deutsch, français, español, português, Nederlands und 日本語. Schreib es etwa so: SPRACHE de

chats-line = #{ $chat }: { $at }
chats-line-none = #{ $chat }: kein Termin in den nächsten zwei Monaten
chats-line-live = #{ $chat }: läuft gerade
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
    Ich kenne { $accounts } und weiß, dass du seit { $since } { $sessions ->
        [one] einmal
       *[other] { $sessions }-mal
    } da warst. Ich habe dir { $reminders ->
        [one] eine Erinnerung
       *[other] { $reminders } Erinnerungen
    } geschickt. VERGISS löscht das alles.
nothing-known = Ich weiß nichts von dir. START meldet dich an.

why-called =
    Am { $day } { $people ->
        [one] hat dich ein Mensch
       *[other] haben dich { $people } Menschen
    } bei { $chat } gerufen, während du nicht da warst, darum habe ich es dir gesagt: meine Regel „{ $rule }“. { $phase ->
        [live] Es { $minutes ->
            [one] blieb noch eine Minute
           *[other] blieben noch { $minutes } Minuten
        }
       *[after] Da war es schon vorbei
    }; { $known ->
        [yes] geschrieben wurde es hier: { $links }
       *[no] wo es geschrieben wurde, habe ich vergessen, wie immer nach einem Tag.
    }
why-lapsed =
    Am { $day } hatte dich bei { $chat } seit { $run ->
        [one] einem Treffen
       *[other] { $run } Treffen
    } niemand gesehen, länger als bei dir üblich, darum habe ich geschrieben: meine Regel „{ $rule }“. Der Chat lief, du warst zu deiner üblichen Zeit noch nicht da, und { $questions ->
        [one] eine Frage stand
       *[other] { $questions } Fragen standen
    } noch aus.
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
forgotten = Alles über dich ist gelöscht. Das ist meine letzte Nachricht. Danke, dass du da warst.

host-which = Welcher deiner Chats? Nenn ihn, etwa so: { $example }
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
recap-after =
    { $chat } ist für diesmal vorbei; das nächste Mal ist am { $next }. Du wolltest nachlesen, was gesagt wurde: { $link }
    (RÜCKBLICK AUS beendet das, STOPP beendet alles.)
recap-after-last =
    { $chat } ist für diesmal vorbei. Du wolltest nachlesen, was gesagt wurde: { $link }
    (RÜCKBLICK AUS beendet das, STOPP beendet alles.)
