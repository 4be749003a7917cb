# What we say in English. One sentence a thought, no guilt, no exclamation on top of exclamation.
# Every note to a person names the way out where it opens something.

welcome =
    Hello! I look after { $chats }. When people there say that you are missed, or when you stay away for longer than you ever do, I tell you once, in time to still join. Nothing else, never in public.
    To make sure you see my messages: answer with any word, and I am switched on. STOP ends it at any time.

welcome-explained =
    I write to you only when people in your chat say that you are missed, or when you stay away for longer than you ever do: at most one direct message a session, never in public. Nobody else sees that you signed up.
    Answer with a word like "yes" to switch me on, or with STOP, and you hear no more from me.

started =
    You are in: { $chats }. When your network calls, you hear it from me once. STOP ends it at any time, HELP says more.

stopped = Done. You will hear nothing more from me. START brings me back.

stopped-chat = Done. No more messages about { $chats }; your other chats stay on.

nothing-to-stop = You are not signed up, so there is nothing to stop. I will not write to you.

no-such-chat = I do not know #{ $chat }. START alone signs you up for all the chats I look after.

here = Good to know you are there. I will count you in and keep quiet.

here-nothing-on = Thank you, but none of your chats is on just now, so there is nothing to count you in for. Say it when it is.

help =
    START or START #chat: sign up. STOP or STOP #chat: end it.
    HERE: I am reading along, count me in. WHY: why did I get the last message? HELP: this list.
    I write only when your network says that you are missed, or when you stay away for longer than you ever do.

why-nothing = I have not sent you any message about a chat yet, so there is nothing to explain. Should I ever, WHY tells you the reason.

why-forgotten = My last message to you was about { $chat } on { $day }. I do not know the reason any more; the people who run me can look.

why-called =
    On { $day } { $people_form ->
        [one] one person
       *[other] { $people } people
    } called you at { $chat } while you were not there, so I told you: my rule “{ $rule }”. { $is_live ->
        [yes] { $minutes_form ->
            [one] One minute was left
           *[other] { $minutes } minutes were left
        }
       *[no] It was over by then
    }; { $has_links ->
        [yes] they wrote it here: { $links }
       *[no] where they wrote it I have forgotten, as I do after a day.
    }

why-lapsed =
    On { $day } nobody had seen you at { $chat } for { $run_form ->
        [one] one session
       *[other] { $run } sessions
    }, which is longer than usual for you, so I wrote: my rule “{ $rule }”. It was on, you had not come by your usual time, and { $questions_form ->
        [one] one question was
       *[other] { $questions } questions were
    } still to come.

help-line = I am only a small bot and did not get that. START signs you up, STOP ends it, HELP lists the rest.

others = { $count ->
    [one] one other
   *[other] { $count } others
}

called-live =
    { $names } { $callers ->
        [one] misses
       *[other] miss
    } you at { $chat } right now. { $number ->
        [0] It has only just begun.
       *[other] Q{ $number } of { $of } is on: “{ $question }”
    } { $minutes ->
        [one] One minute is left,
       *[other] { $minutes } minutes are left,
    } so come as you are: { $link }
    (Reply STOP to end these messages.)

called-after =
    { $names } missed you at { $chat }. It is over for this time; the next one is on { $next }.
    What was said: { $link }
    (Reply STOP to end these messages.)

lapsed-live =
    It has been a while since { $chat } saw you, and it is on right now. { $number ->
        [0] It has only just begun.
       *[other] Q{ $number } of { $of } is on: “{ $question }”
    } { $minutes ->
        [one] One minute is left,
       *[other] { $minutes } minutes are left,
    } and there is more to come. Look in if you like: { $link }
    (Reply STOP to end these messages.)

called-after-last =
    { $names } missed you at { $chat }. It is over for this time.
    What was said: { $link }
    (Reply STOP to end these messages.)
