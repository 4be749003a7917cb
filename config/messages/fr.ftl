# Ce que nous disons en français. Une idée par phrase, aucun reproche. Nous disons « tu », comme dans un groupe d'amis.
# Chaque message qui ouvre quelque chose, et chaque rappel, dit comment en sortir.

pattern-day = EEEE d MMMM y
pattern-at = EEEE d MMMM 'à' HH:mm
pattern-time = HH:mm

welcome =
    Bonjour ! Je veille sur { $chats }. Quand quelqu’un y dit que tu manques, ou quand tu t’absentes plus longtemps que jamais, je te le dis une fois, à temps pour venir encore. Rien d’autre, et jamais en public.
    Pour être sûr que tu vois mes messages : réponds par un mot, n’importe lequel, et c’est parti. STOP arrête tout, à tout moment.
welcome-explained =
    Je ne t’écris que si quelqu’un de ton chat dit que tu manques, ou si tu t’absentes plus longtemps que jamais : un seul message privé par séance, jamais en public. Personne d’autre ne voit ton inscription.
    Réponds par un mot comme « oui » pour m’activer, ou par STOP, et tu n’entendras plus parler de moi.
started =
    Te voilà inscrit·e : { $chats }. Quand ton réseau t’appelle, je te le dis une fois. STOP arrête tout, à tout moment, AIDE en dit plus.
    Je suppose que ton heure est celle de { $zone }. Sinon, dis-le-moi, par exemple : FUSEAU Europe/Paris
started-again = Te voilà inscrit·e : { $chats }. Quand ton réseau t’appelle, je te le dis une fois. STOP arrête tout, à tout moment, AIDE en dit plus.
nobot = Ton profil dit #nobot, alors je reste à distance. Si tu me veux quand même, retire-le et écris de nouveau START.
stopped = C’est fait. Tu n’entendras plus parler de moi. START me fait revenir, OUBLIE efface ce que je sais de toi.
stopped-chat = C’est fait. Plus de messages au sujet de { $chats } ; tes autres chats restent. STOP tout seul les arrête tous.
nothing-to-stop = Tu n’es pas inscrit·e, il n’y a donc rien à arrêter. Je ne t’écrirai pas.
no-such-chat = Je ne connais pas #{ $chat }. START tout seul t’inscrit à tous les chats que je suis, CALENDRIER les donne.

help =
    START, STOP : s’inscrire, arrêter (aussi START #chat, STOP #chat)
    PAUSE 2 semaines, RETOUR : me laisser tranquille ce temps-là
    ICI : je lis avec vous
    PROCHAINE FOIS, RAPPEL 15, RÉSUMÉ ON : me prévenir avant, me raconter après
    CALME 22:00-07:00, FUSEAU, LANGUE : à ma façon
    CALENDRIER, STATUT, POURQUOI : quand, ce que tu sais, pour quelle raison
    LIER : mes comptes. OUBLIE : tout effacer
help-line = Je ne suis qu’un petit bot et je n’ai pas compris. START t’inscrit, STOP arrête, AIDE donne le reste.
too-many = Cela fait beaucoup en une heure, je cesse donc de répondre pour l’instant. STOP marche toujours. Réessaie dans une heure.
which-stop = Dois-je arrêter ? Écris STOP, ce mot seul, et tu n’entendras plus parler de moi. Sinon, rien ne change.
which-command = Je peux lire cela de deux façons. Laquelle : { $choices } ? Écris ce mot seul.
here = C’est bien de te savoir là. Je te compte et je me tais.
here-nothing-on = Merci, mais aucun de tes chats n’est en cours, je ne peux donc te compter nulle part. Dis-le quand il y en aura un.

away = En pause jusqu’au { $until }. RETOUR l’arrête plus tôt.
away-open = En pause jusqu’à ce que tu écrives RETOUR. Tu peux aussi donner un jour ou une durée, par exemple : PAUSE 2 semaines
away-how = Je n’arrive pas à lire jusqu’à quand. Écris-le ainsi : PAUSE jusqu’au 3 mars, ou PAUSE 2 semaines
away-past = Ce jour est passé. Écris-le ainsi : PAUSE jusqu’au 3 mars, ou PAUSE 2 semaines
which-day = Je peux lire { $one } ou { $two }. Écris-le avec le nom du mois, par exemple : PAUSE jusqu’au 3 mars
back = Bon retour. Dès maintenant, je te préviens de nouveau quand tu manques à { $chats }.
next = Je te préviendrai une fois, un quart d’heure avant la prochaine séance de { $chats }{ $dated ->
        [yes] , { $at }
       *[no] {""}
    }. STOP arrête tous les messages.
heads-up-set = Avant chaque séance de { $chats }, je te préviens { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } à l’avance. RAPPEL OFF l’arrête.
next-off = Pas de rappel avant la prochaine séance de { $chats }.
heads-up-off = Plus de messages avant { $chats }.
not-in-chat = Tu n’es pas dans { $chat }. START { $chat } t’inscrit.
heads-up-how = Dis-moi combien de minutes avant, un jour au plus, par exemple : RAPPEL 15
recap-on = Quand tu manques une séance de { $chats }, je t’envoie ensuite ses questions, et ce qu’ont dit les gens avec qui tu parles. RÉSUMÉ OFF l’arrête.
recap-off = Plus de messages après { $chats }.
quiet-set = Calme de { $start } à { $end } : je ne t’écris pas alors, même pendant une séance. CALME SAUF SÉANCES le permet.
quiet-set-lifted = Calme de { $start } à { $end }, sauf pendant tes séances.
quiet-lifted = Tes heures calmes restent les mêmes, mais je peux écrire pendant tes séances.
quiet-off = Pas d’heures calmes : je peux t’écrire à tout moment. CALME 22:00-07:00 les remet.
quiet-usual = Les heures calmes sont de nouveau celles d’usage.
quiet-how = Dis-moi de quand à quand, par exemple : CALME 22:00-07:00, ou CALME OFF
quiet-covers = Pendant tes heures calmes ({ $start } à { $end }) commence : { $covered }. Tu n’en entendrais rien ; CALME SAUF SÉANCES le laisse passer.
zone-set = Ton heure est maintenant celle de { $zone }. Toutes les heures que je donne la suivent.
zone-now = Je suppose que ton heure est celle de { $zone }. Pour la changer, nomme une ville, par exemple : FUSEAU Paris
zone-which = Il y en a plusieurs de ce nom. Laquelle : { $zones } ? Écris FUSEAU puis celle-là.
zone-how = Je ne connais pas ce fuseau ; jusqu’ici je suppose que le tien est { $zone }. Nomme une ville, par exemple : FUSEAU Europe/Paris
language-set = Désormais je te parle en français.
language-how = Je parle English, Deutsch, français, español, português, Nederlands et 日本語. Écris par exemple : LANGUE fr

chats-line = #{ $chat } : { $at }
chats-line-none = #{ $chat } : pas de date dans les deux mois qui viennent
chats-line-live = #{ $chat } : en ce moment, jusqu’à { $until }{ $dated ->
    [yes] {" "}; ensuite { $at }
   *[no] {""}
}
chats-zone = (heures de { $zone })
status =
    { $consent ->
        [live] Te voilà inscrit·e : { $chats }.
        [asked] Tu as écrit START pour { $chats }, et j’attends un mot de toi.
       *[stopped] Tu n’es plus inscrit·e : je ne t’envoie rien.
    } { $away ->
        [open] En pause jusqu’à RETOUR.
        [until] En pause jusqu’au { $until }.
       *[no] {""}
    }
    Fuseau { $zone }{ $guess ->
        [yes] {" "}(supposé)
       *[no] {""}
    }, calme { $quiet ->
        [none] jamais
       *[some] { $start } à { $end }
    }{ $lifted ->
        [yes] {" "}sauf pendant les séances
       *[no] {""}
    }.
    Rappel avant : { $headsup ->
        [none] non
       *[some] { $headsups }
    }. Prochaine fois : { $next ->
        [none] non
       *[some] { $nexts }
    }. Résumé : { $recap ->
        [none] non
       *[some] { $recaps }
    }.
    Je connais { $accounts }. Depuis le { $since }, { $sessions ->
        [0] tu n’es encore venu·e à aucune séance
        [one] tu es venu·e à { $sessions } séance
       *[other] tu es venu·e à { $sessions } séances
    }, et je t’ai envoyé { $reminders ->
        [one] { $reminders } rappel
       *[other] { $reminders } rappels
    }. OUBLIE efface tout cela.
nothing-known = Je ne sais rien de toi. START t’inscrit.

why-called =
    { $day }, { $people ->
        [one] { $people } personne t’a appelé·e
       *[other] { $people } personnes t’ont appelé·e
    } à { $chat } alors que tu n’y étais pas. Ma règle : qui est appelé·e { $phase ->
        [live] pendant la séance l’apprend une fois, à temps pour venir. { $minutes ->
            [one] Il restait { $minutes } minute
           *[other] Il restait { $minutes } minutes
        }
       *[after] l’apprend une fois, jusqu’à un jour après. C’était déjà fini
    } ; { $known ->
        [all] c’est écrit ici : { $links }
        [some] c’est d’abord écrit ici : { $links }
       *[no] où c’était écrit, je l’ai oublié, comme toujours après un jour.
    }
why-lapsed =
    { $day }, on ne t’avait pas vu·e à { $chat } depuis { $run ->
        [one] { $run } séance
       *[other] { $run } séances
    }, plus que d’habitude pour toi. Ma règle : j’écris alors une fois, pendant la séance, tant qu’il vaut la peine de venir. Tu n’étais pas là à ton heure habituelle, et il restait { $questions ->
        [one] { $questions } question
       *[other] { $questions } questions
    }.
why-heads-up = Parce que tu l’as demandé : j’écris avant chaque séance de { $chat }, comme pour celle de { $day }. RAPPEL OFF l’arrête.
why-next = Parce que tu as écrit PROCHAINE FOIS : je t’ai prévenu·e de la prochaine séance de { $chat }, celle de { $day }. C’était pour une fois.
why-recap = Parce que tu as écrit RÉSUMÉ ON : { $chat } a eu lieu { $day }, et je ne t’y ai pas vu·e. RÉSUMÉ OFF l’arrête.
why-forgotten = Mon dernier message parlait de { $chat }, { $day }. Je ne sais plus pourquoi ; les personnes qui me font tourner peuvent regarder.
why-answer = C’était une réponse à ce que tu as écrit. De moi-même, je n’écris que si tu manques à quelqu’un.
why-none = Je ne t’ai encore envoyé aucun rappel, il n’y a donc rien à expliquer.

link-code = Écris-moi ceci depuis ton autre compte dans les dix minutes : LIER { $code }
    Puis reviens ici et écris LIER OUI. D’ici là rien ne change, et personne d’autre ne doit avoir ce code.
link-claimed = Merci. Retourne maintenant là où tu as reçu le code et écris-y LIER OUI. Alors seulement les deux comptes ne font qu’un.
link-done = C’est fait : { $accounts } sont pour moi une seule personne. Tu auras un rappel, pas deux. OUBLIE efface les deux.
link-wrong = Ce n’est pas un de mes codes, ou il est trop vieux. Écris LIER depuis ton premier compte pour en avoir un nouveau.
link-many = Trop de codes faux. Attends dix minutes, puis écris LIER depuis ton premier compte.
link-same = Les deux comptes doivent être sur des plateformes différentes, un sur chacune. Rien n’a changé.
link-own = Ce code doit venir de ton autre compte. Rien n’a changé.
link-waiting = Aucun compte n’a encore dit ton code. Écris-le d’abord là-bas, puis LIER OUI ici.
link-start = Écris d’abord START et réponds à ma question ; ensuite LIER te donne un code.

forget-sure = OUBLIE efface tout ce que je garde de toi : comptes, chats, présences, messages. Pour le faire, écris OUBLIE encore une fois d’ici un jour.
forgotten = Tout ce qui te concerne est effacé. C’est mon dernier message, sauf si tu m’écris de nouveau. Merci d’avoir été là.

host-which = Lequel de tes chats ? Nomme-le, par exemple : { $example }
host-none-then = Il n’y a pas de séance de { $chat } ce jour-là.
host-nothing = Il n’y a pas de séance de { $chat } à changer dans les deux mois qui viennent.
host-cancelled = { $chat }, { $at }, est annulé. Personne ne comptera comme absent, et je n’écris à personne.
host-moved = { $chat } a lieu cette fois { $at }, au lieu de { $before }.
host-how = Dis-moi l’heure du chat, par exemple : DÉPLACER 21:00, ou DÉPLACER demain 21:00
host-who = { $chat } : { $live ->
        [one] { $live } membre inscrit
       *[other] { $live } membres inscrits
    }{ $is-on ->
        [yes] . En ce moment : { $people ->
            [one] { $people } personne
           *[other] { $people } personnes
        }, dont { $here ->
            [one] { $here } membre
           *[other] { $here } membres
        } ; { $called ->
            [one] { $called } membre appelé
           *[other] { $called } membres appelés
        }
       *[no] {""}
    }. Je ne donne que des nombres.

others = { $count ->
    [one] une autre personne
   *[other] { $count } autres
}
called-live =
    Tu manques à { $names } en ce moment sur { $chat }. { $number ->
        [0] Cela vient de commencer.
       *[other] Question { $number } sur { $of } : « { $question } »
    } { $minutes ->
        [one] Il reste { $minutes } minute,
       *[other] Il reste { $minutes } minutes,
    } viens comme tu es : { $link }
    (Réponds STOP pour arrêter ces messages.)
called-after =
    Tu as manqué à { $names } sur { $chat }. C’est fini pour cette fois ; la prochaine séance a lieu { $next }.
    Ce qui s’est dit : { $link }
    (Réponds STOP pour arrêter ces messages.)
called-after-last =
    Tu as manqué à { $names } sur { $chat }. C’est fini pour cette fois.
    Ce qui s’est dit : { $link }
    (Réponds STOP pour arrêter ces messages.)
lapsed-live =
    { $chat } est en cours, et cela fait un moment qu’on ne t’y a pas vu·e. { $number ->
        [0] Cela vient de commencer.
       *[other] Question { $number } sur { $of } : « { $question } »
    } { $minutes ->
        [one] Il reste { $minutes } minute,
       *[other] Il reste { $minutes } minutes,
    } si le cœur t’en dit : { $link }
    (Réponds STOP pour arrêter ces messages, ou PAUSE 2 semaines.)
heads-up =
    À tes crayons : { $chat } commence { $next }. Tu m’as demandé de te le dire.
    { $link }
    (RAPPEL OFF arrête cela, STOP arrête tout.)
reminder-next =
    Tu voulais entendre parler de la prochaine séance : { $chat } commence { $next }.
    { $link }
    (C’était pour une fois. RAPPEL 15 le dit chaque fois, STOP arrête tout.)
recap =
    Tu voulais des nouvelles de { $chat }, { $day } : { $link }
    { $questions }
    { $friends ->
        [0] {""}
        [one] { $names } y était{ $linked ->
            [yes] {" "}: { $said }
           *[no] .
        }
       *[other] { $names } y étaient{ $linked ->
            [yes] {" "}: { $said }
           *[no] .
        }
    }
    { $coming ->
        [yes] La prochaine séance a lieu { $next }.
       *[no] {""}
    }
    (RÉSUMÉ OFF arrête cela, STOP arrête tout.)
