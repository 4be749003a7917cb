# What we say in English. One sentence a thought, no guilt, no exclamation on top of exclamation.
# Every note that opens something, and every reminder, names the way out. $chats is a list of hashtags, worded already.

# How days and times are written: unicode.org/reports/tr35, Date Format Patterns.
pattern-day = EEEE d MMMM y
pattern-at = EEEE d MMMM, HH:mm
pattern-time = HH:mm

## Opening and closing

welcome =
    Hello! I look after { $chats }. When people there say that you are missed, or when you stay away for longer than you ever do, I tell you once, in time to still join. Nothing else, never in public.
    To make sure you see my messages: answer with any word, and I am switched on. STOP ends it at any time.

welcome-explained =
    I write to you only when people in your chat say that you are missed, or when you stay away for longer than you ever do: at most one direct message a session, never in public. Nobody else sees that you signed up.
    Answer with a word like "yes" to switch me on, or with STOP, and you hear no more from me.

started =
    You are in: { $chats }. When your network calls, you hear it from me once. STOP ends it at any time, HELP says more.
    I take it that your clock is that of { $zone }. If not, tell me, like this: ZONE Europe/Berlin

started-again = You are in: { $chats }. When your network calls, you hear it from me once. STOP ends it at any time, HELP says more.

nobot = Your profile says #nobot, so I keep away from you. If you want me all the same, take it out and write START again.

stopped = Done. You will hear nothing more from me. START brings me back, FORGET deletes what I know of you.

stopped-chat = Done. No more messages about { $chats }; your other chats stay on. STOP alone ends them all.

nothing-to-stop = You are not signed up, so there is nothing to stop. I will not write to you.

no-such-chat = I do not know #{ $chat }. START alone signs you up for all the chats I look after, CHATS lists them.

## Talking

help =
    START, STOP: sign up, end it (also START #chat, STOP #chat)
    AWAY 2 weeks, BACK: leave me in peace for so long
    HERE: I am reading along
    NEXT, HEADS-UP 15, RECAP ON: remind me before, tell me after
    QUIET 22:00-07:00, ZONE, LANGUAGE: how I like it
    CHATS, STATUS, WHY: when, what you know, why you wrote
    LINK: tie my accounts. FORGET: delete everything

help-line = I am only a small bot and did not get that. START signs you up, STOP ends it, HELP lists the rest.

too-many = That was a lot in one hour, so I stop answering for now. STOP always works. Try again in an hour.

which-stop = Shall I stop? Write STOP, that word alone, and you hear no more from me. Otherwise nothing changes.

which-command = I can read that in two ways. Which is it: { $choices }? Write that word alone.

here = Good to know you are there. I will count you in and keep quiet.

here-nothing-on = Thank you, but none of your chats is on just now, so there is nothing to count you in for. Say it when it is.

## What people ask for

away = Away until { $until }. BACK ends it sooner.

away-open = Away until you write BACK. You can also name a day or a time, like this: AWAY 2 weeks

away-how = I cannot read until when. Write it like this: AWAY until 3 March, or AWAY 2 weeks

away-past = That day is over. Write it like this: AWAY until 3 March, or AWAY 2 weeks

which-day = I can read that as { $one } or as { $two }. Write it with the month’s name, like this: AWAY until 3 March

back = Welcome back. From now on you hear from me again when you are missed at { $chats }.

next = I will remind you once, a quarter of an hour before the next session of { $chats }{ $dated ->
        [yes] {" "}on { $at }
       *[no] {""}
    }. STOP ends all messages.

heads-up-set = Before every session of { $chats } you hear from me { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    } ahead. HEADS-UP OFF ends it.

next-off = No reminder before the next session of { $chats }.

heads-up-off = No more messages before { $chats }.

not-in-chat = You are not signed up for { $chat }. START { $chat } changes that.

heads-up-how = Tell me how many minutes before, up to a day, like this: HEADS-UP 15

recap-on = When you miss a session of { $chats }, I send you its questions afterwards, and what people you talk with said. RECAP OFF ends it.

recap-off = No more messages after { $chats }.

quiet-set = Quiet from { $start } to { $end }: I do not write to you then, not even for a session. QUIET EXCEPT SESSIONS allows that.

quiet-set-lifted = Quiet from { $start } to { $end }, except while a session of yours is on.

quiet-lifted = Your quiet hours stay as they are, but while a session of yours is on I may write.

quiet-off = No quiet hours: I may write to you at any time. QUIET 22:00-07:00 brings them back.

quiet-usual = Quiet hours are as usual again.

quiet-how = Tell me from when to when, like this: QUIET 22:00-07:00, or QUIET OFF

quiet-covers = In your quiet hours ({ $start } to { $end }) begins: { $covered }. You would hear nothing of it; QUIET EXCEPT SESSIONS lets it through.

zone-set = Your clock is that of { $zone } now. All times I name are by it.

zone-now = I take it that your clock is that of { $zone }. To change it, name a city, like this: ZONE Berlin

zone-which = There are several of that name. Which is it: { $zones }? Write: ZONE and the one.

zone-how = I do not know that zone; so far I take it that yours is { $zone }. Name a city, like this: ZONE Europe/Berlin

language-set = From now on I speak English with you.

language-how = I speak English, Deutsch, français, español, português, Nederlands and 日本語. Write it like this: LANGUAGE de

## What is known

chats-line = #{ $chat }: { $at }
chats-line-none = #{ $chat }: no date in the next two months
chats-line-live = #{ $chat }: on now, until { $until }{ $dated ->
    [yes] ; next on { $at }
   *[no] {""}
}
chats-zone = (times in { $zone })

status =
    { $consent ->
        [live] You are in: { $chats }.
        [asked] You wrote START for { $chats }, and I wait for a word back.
       *[stopped] You are out: I send you nothing.
    } { $away ->
        [open] Away until BACK.
        [until] Away until { $until }.
       *[no] {""}
    }
    Zone { $zone }{ $guess ->
        [yes] {" "}(a guess)
       *[no] {""}
    }, quiet { $quiet ->
        [none] never
       *[some] { $start } to { $end }
    }{ $lifted ->
        [yes] {" "}except sessions
       *[no] {""}
    }.
    Heads-up: { $headsup ->
        [none] off
       *[some] { $headsups }
    }. Next: { $next ->
        [none] off
       *[some] { $nexts }
    }. Recap: { $recap ->
        [none] off
       *[some] { $recaps }
    }.
    I know { $accounts }. Since { $since } you have come to { $sessions ->
        [0] no session yet
        [one] one session
       *[other] { $sessions } sessions
    }, and I sent you { $reminders ->
        [0] no reminder
        [one] one reminder
       *[other] { $reminders } reminders
    }. FORGET deletes all that.

nothing-known = I know nothing about you. START signs you up.

## Why

why-called =
    On { $day } { $people ->
        [one] one person
       *[other] { $people } people
    } called you at { $chat } while you were not there. My rule: whoever is called { $phase ->
        [live] while it is on hears it once, in time to join. { $minutes ->
            [one] One minute was left
           *[other] { $minutes } minutes were left
        }
       *[after] hears it once, up to a day later. It was over by then
    }; { $known ->
        [all] they wrote it here: { $links }
        [some] the first of it they wrote here: { $links }
       *[no] where they wrote it I have forgotten, as I do after a day.
    }

why-lapsed =
    On { $day } nobody had seen you at { $chat } for { $run ->
        [one] one session
       *[other] { $run } sessions
    }, which is longer than usual for you. My rule: I then write once, while it is on and there is still something to join. You had not come by your usual time, and { $questions ->
        [one] one question was
       *[other] { $questions } questions were
    } still to come.

why-heads-up = Because you asked me to: I write before every session of { $chat }, as I did for that of { $day }. HEADS-UP OFF ends it.

why-next = Because you wrote NEXT: I told you of the next session of { $chat }, which was on { $day }. That was for once.

why-recap = Because you wrote RECAP ON: { $chat } took place on { $day }, and I did not see you there. RECAP OFF ends it.

why-forgotten = My last message to you was about { $chat } on { $day }. I do not know the reason any more; the people who run me can look.

why-answer = That was an answer to what you wrote. I write without being asked only when you are missed.

why-none = I have not sent you any reminder so far, so there is nothing to explain.

## Two accounts, one person

link-code = Write this to me from your other account within ten minutes: LINK { $code }
    Then come back here and write LINK YES. Until then nothing changes, and nobody else may have the code.

link-claimed = Thank you. Now go back to where you got the code and write LINK YES there. Only then are both accounts one.

link-done = Done: { $accounts } are one person for me now. You get one reminder, not two. FORGET deletes both.

link-wrong = That is not a code of mine, or it is too old. Write LINK from your first account for a new one.

link-many = Too many wrong codes. Wait ten minutes, then write LINK from your first account for a new one.

link-same = Both accounts have to be on different platforms, one on each. Nothing has changed.

link-own = That code has to come from your other account. Nothing has changed.

link-waiting = No account has said your code yet. Write it there first, then LINK YES here.

link-start = Write START first and answer my question; then LINK gives you a code.

## Forgetting

forget-sure = FORGET deletes everything that I keep of you: accounts, chats, attendance, messages. To do it, write FORGET once more within a day.

forgotten = Everything about you is deleted. This is my last message, unless you write to me again. Thank you for having been there.

## Hosts

host-which = Which of your chats? Name it, like this: { $example }

host-none-then = There is no session of { $chat } on that day.

host-nothing = There is no session of { $chat } to change in the next two months.

host-cancelled = { $chat } on { $at } is called off. Nobody will be counted as absent, and nobody hears from me.

host-moved = { $chat } is on { $at } this time, instead of { $before }.

host-how = Tell me the time by the chat’s clock, like this: MOVE 21:00, or MOVE tomorrow 21:00

host-who = { $chat }: { $live ->
        [one] one member
       *[other] { $live } members
    } signed up{ $is-on ->
        [yes] . Now there: { $people ->
            [one] one person
           *[other] { $people } people
        }, of them { $here ->
            [one] one member
           *[other] { $here } members
        }; { $called ->
            [one] one member
           *[other] { $called } members
        } called
       *[no] {""}
    }. I only tell counts.

## Reminders

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
    (Reply STOP to end these messages, or AWAY 2 weeks.)

called-after-last =
    { $names } missed you at { $chat }. It is over for this time.
    What was said: { $link }
    (Reply STOP to end these messages.)

heads-up =
    Pencils up: { $chat } begins on { $next }. You asked me to say so.
    { $link }
    (HEADS-UP OFF ends this, STOP ends everything.)

reminder-next =
    You asked to hear of the next session: { $chat } begins on { $next }.
    { $link }
    (That was for once. HEADS-UP 15 makes it every time, STOP ends everything.)

recap =
    You asked to hear of { $chat } on { $day }: { $link }
    { $questions }
    { $friends ->
        [0] {""}
        [one] { $names } was there{ $linked ->
            [yes] : { $said }
           *[no] .
        }
       *[other] { $names } were there{ $linked ->
            [yes] : { $said }
           *[no] .
        }
    }
    { $coming ->
        [yes] The next one is on { $next }.
       *[no] {""}
    }
    (RECAP OFF ends this, STOP ends everything.)
