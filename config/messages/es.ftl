# Lo que decimos en español. Una idea por frase, sin reproches. Tratamos de tú.
# Cada mensaje que abre algo, y cada recordatorio, dice cómo salir.

pattern-day = EEEE d 'de' MMMM 'de' y
pattern-at = EEEE d 'de' MMMM, HH:mm
pattern-time = HH:mm

welcome =
    ¡Hola! Cuido de { $chats }. Cuando alguien dice allí que te echan de menos, o cuando faltas más tiempo que nunca, te lo digo una vez, a tiempo para que aún llegues. Nada más, y nunca en público.
    Para saber que ves mis mensajes: responde con cualquier palabra y quedo activado. STOP lo termina cuando quieras.
welcome-explained =
    Solo te escribo cuando alguien de tu chat dice que te echa de menos, o cuando faltas más tiempo que nunca: como mucho un mensaje directo por sesión, nunca en público. Nadie más ve que te apuntaste.
    Responde con una palabra como «sí» para activarme, o con STOP, y no sabrás más de mí.
started =
    Ya estás dentro: { $chats }. Cuando tu red te llame, te lo diré una vez. STOP lo termina cuando quieras, AYUDA dice más.
    Supongo que tu hora es la de { $zone }. Si no, dímelo así: ZONA Europe/Madrid
started-again = Ya estás dentro: { $chats }. Cuando tu red te llame, te lo diré una vez. STOP lo termina cuando quieras, AYUDA dice más.
nobot = Tu perfil dice #nobot, así que me mantengo lejos. Si me quieres de todos modos, quítalo y escribe START otra vez.
stopped = Hecho. No sabrás más de mí. START me trae de vuelta, OLVIDA borra lo que sé de ti.
stopped-chat = Hecho. No más mensajes sobre { $chats }; tus otros chats siguen. STOP a solas los termina todos.
nothing-to-stop = No estás apuntado, así que no hay nada que parar. No te escribiré.
no-such-chat = No conozco #{ $chat }. START a solas te apunta a todos los chats que cuido, CALENDARIO los enumera.

help =
    START, STOP: apuntarme, salir (también START #chat, STOP #chat)
    AUSENTE 2 semanas, HE VUELTO: déjame en paz ese tiempo
    AQUÍ: estoy leyendo
    PRÓXIMA VEZ, AVISO 15, RESUMEN ON: avísame antes, cuéntame después
    SILENCIO 22:00-07:00, ZONA, IDIOMA: a mi manera
    CALENDARIO, ESTADO, POR QUÉ: cuándo, qué sabes, por qué escribiste
    VINCULAR: mis cuentas. OLVIDA: borrarlo todo
help-line = Solo soy un pequeño bot y no lo entendí. START te apunta, STOP lo termina, AYUDA enumera el resto.
too-many = Eso fue mucho en una hora, así que por ahora dejo de responder. STOP siempre funciona. Prueba dentro de una hora.
which-stop = ¿Quieres que pare? Escribe STOP, esa palabra sola, y no sabrás más de mí. Si no, nada cambia.
which-command = Puedo leerlo de dos maneras. ¿Cuál es: { $choices }? Escribe esa palabra sola.
here = Qué bien saber que estás. Te cuento y me quedo callado.
here-nothing-on = Gracias, pero ninguno de tus chats está en marcha, así que no hay dónde contarte. Dímelo cuando lo esté.

away = Ausente hasta el { $until }. HE VUELTO lo termina antes.
away-open = Ausente hasta que escribas HE VUELTO. También puedes nombrar un día o un tiempo, así: AUSENTE 2 semanas
away-how = No entiendo hasta cuándo. Escríbelo así: AUSENTE hasta el 3 de marzo, o AUSENTE 2 semanas
away-past = Ese día ya pasó. Escríbelo así: AUSENTE hasta el 3 de marzo, o AUSENTE 2 semanas
which-day = Puedo leerlo como { $one } o como { $two }. Escríbelo con el nombre del mes, así: AUSENTE hasta el 3 de marzo
back = Bienvenido otra vez. Desde ahora vuelves a saber de mí cuando te echen de menos en { $chats }.
next = Te avisaré una vez, un cuarto de hora antes de la próxima sesión de { $chats }{ $dated ->
        [yes] , el { $at }
       *[no] {""}
    }. STOP termina todos los mensajes.
heads-up-set = Antes de cada sesión de { $chats } te aviso con { $minutes ->
        [one] un minuto
       *[other] { $minutes } minutos
    } de antelación. AVISO OFF lo termina.
next-off = No habrá aviso antes de la próxima sesión de { $chats }.
heads-up-off = No más mensajes antes de { $chats }.
not-in-chat = No estás en { $chat }. START { $chat } te apunta.
heads-up-how = Dime cuántos minutos antes, un día como mucho, así: AVISO 15
recap-on = Cuando te pierdas una sesión de { $chats }, te envío después sus preguntas y lo que dijo la gente con quien hablas. RESUMEN OFF lo termina.
recap-off = No más mensajes después de { $chats }.
quiet-set = Silencio de { $start } a { $end }: entonces no te escribo, ni durante una sesión. SILENCIO SALVO SESIONES lo permite.
quiet-set-lifted = Silencio de { $start } a { $end }, salvo durante tus sesiones.
quiet-lifted = Tus horas de silencio siguen igual, pero durante tus sesiones puedo escribir.
quiet-off = Sin horas de silencio: puedo escribirte en cualquier momento. SILENCIO 22:00-07:00 las devuelve.
quiet-usual = Las horas de silencio vuelven a ser las de siempre.
quiet-how = Dime de cuándo a cuándo, así: SILENCIO 22:00-07:00, o SILENCIO OFF
quiet-covers = En tus horas de silencio (de { $start } a { $end }) empieza: { $covered }. No sabrías nada; SILENCIO SALVO SESIONES lo deja pasar.
zone-set = Tu hora es ahora la de { $zone }. Todas las horas que digo la siguen.
zone-now = Supongo que tu hora es la de { $zone }. Para cambiarla, nombra una ciudad, así: ZONA Madrid
zone-which = Hay varias con ese nombre. ¿Cuál es: { $zones }? Escribe ZONA y esa.
zone-how = No conozco esa zona; hasta ahora supongo que la tuya es { $zone }. Nombra una ciudad, así: ZONA Europe/Madrid
language-set = Desde ahora te hablo en español.
language-how = Hablo English, Deutsch, français, español, português, Nederlands y 日本語. Escríbelo así: IDIOMA es

chats-line = #{ $chat }: { $at }
chats-line-none = #{ $chat }: sin fecha en los próximos dos meses
chats-line-live = #{ $chat }: en marcha ahora, hasta las { $until }{ $dated ->
    [yes] ; después, el { $at }
   *[no] {""}
}
chats-zone = (horas de { $zone })
status =
    { $consent ->
        [live] Estás dentro: { $chats }.
        [asked] Escribiste START para { $chats }, y espero una palabra tuya.
       *[stopped] Estás fuera: no te envío nada.
    } { $away ->
        [open] Ausente hasta HE VUELTO.
        [until] Ausente hasta el { $until }.
       *[no] {""}
    }
    Zona { $zone }{ $guess ->
        [yes] {" "}(supuesta)
       *[no] {""}
    }, silencio { $quiet ->
        [none] nunca
       *[some] de { $start } a { $end }
    }{ $lifted ->
        [yes] {" "}salvo durante las sesiones
       *[no] {""}
    }.
    Aviso: { $headsup ->
        [none] no
       *[some] { $headsups }
    }. Próxima vez: { $next ->
        [none] no
       *[some] { $nexts }
    }. Resumen: { $recap ->
        [none] no
       *[some] { $recaps }
    }.
    Conozco { $accounts }. Desde el { $since } { $sessions ->
        [0] aún no has venido a ninguna sesión
        [one] viniste a una sesión
       *[other] viniste a { $sessions } sesiones
    }, y te envié { $reminders ->
        [0] cero recordatorios
        [one] un recordatorio
       *[other] { $reminders } recordatorios
    }. OLVIDA borra todo eso.
nothing-known = No sé nada de ti. START te apunta.

why-called =
    El { $day } { $people ->
        [one] una persona te llamó
       *[other] { $people } personas te llamaron
    } en { $chat } mientras no estabas. Mi regla: a quien llaman { $phase ->
        [live] durante la sesión se lo digo una vez, a tiempo de llegar. { $minutes ->
            [one] Quedaba un minuto
           *[other] Quedaban { $minutes } minutos
        }
       *[after] se lo digo una vez, hasta un día después. Ya había terminado
    }; { $known ->
        [all] lo escribieron aquí: { $links }
        [some] lo primero lo escribieron aquí: { $links }
       *[no] dónde lo escribieron ya lo he olvidado, como hago al cabo de un día.
    }
why-lapsed =
    El { $day } nadie te había visto en { $chat } desde hacía { $run ->
        [one] una sesión
       *[other] { $run } sesiones
    }, más de lo habitual en ti. Mi regla: entonces escribo una vez, mientras está en marcha y aún merece la pena llegar. No habías llegado a tu hora de siempre y { $questions ->
        [one] quedaba una pregunta
       *[other] quedaban { $questions } preguntas
    }.
why-heads-up = Porque me lo pediste: escribo antes de cada sesión de { $chat }, también de la del { $day }. AVISO OFF lo termina.
why-next = Porque escribiste PRÓXIMA VEZ: te avisé de la próxima sesión de { $chat }, la del { $day }. Era solo por esa vez.
why-recap = Porque escribiste RESUMEN ON: { $chat } tuvo lugar el { $day }, y no te vi allí. RESUMEN OFF lo termina.
why-forgotten = Mi último mensaje fue sobre { $chat }, el { $day }. Ya no sé el motivo; quienes me mantienen pueden mirarlo.
why-answer = Eso fue una respuesta a lo que escribiste. Sin que me preguntes, solo escribo cuando te echan de menos.
why-none = Todavía no te he enviado ningún recordatorio, así que no hay nada que explicar.

link-code = Escríbeme esto desde tu otra cuenta en los próximos diez minutos: VINCULAR { $code }
    Después vuelve aquí y escribe VINCULAR SÍ. Hasta entonces nada cambia, y nadie más debe tener el código.
link-claimed = Gracias. Vuelve ahora adonde recibiste el código y escribe allí VINCULAR SÍ. Solo entonces las dos cuentas son una.
link-done = Hecho: { $accounts } son ahora una persona para mí. Recibes un recordatorio, no dos. OLVIDA borra ambas.
link-wrong = Ese no es un código mío, o es demasiado viejo. Escribe VINCULAR desde tu primera cuenta para tener otro.
link-many = Demasiados códigos falsos. Espera diez minutos y escribe VINCULAR desde tu primera cuenta.
link-same = Las dos cuentas tienen que estar en plataformas distintas, una en cada una. Nada ha cambiado.
link-own = Ese código tiene que venir de tu otra cuenta. Nada ha cambiado.
link-waiting = Ninguna cuenta ha dicho todavía tu código. Escríbelo primero allí, después VINCULAR SÍ aquí.
link-start = Escribe primero START y responde a mi pregunta; después VINCULAR te da un código.

forget-sure = OLVIDA borra todo lo que guardo de ti: cuentas, chats, asistencia, mensajes. Para hacerlo, escribe OLVIDA otra vez antes de un día.
forgotten = Todo lo tuyo está borrado. Este es mi último mensaje, a no ser que me escribas otra vez. Gracias por haber estado.

host-which = ¿Cuál de tus chats? Nómbralo, así: { $example }
host-none-then = Ese día no hay sesión de { $chat }.
host-nothing = No hay sesión de { $chat } que cambiar en los próximos dos meses.
host-cancelled = { $chat } del { $at } queda cancelado. Nadie contará como ausente, y no escribo a nadie.
host-moved = { $chat } es esta vez el { $at }, en lugar del { $before }.
host-how = Dime la hora del chat, así: MOVER 21:00, o MOVER mañana 21:00
host-who = { $chat }: { $live ->
        [one] un miembro apuntado
       *[other] { $live } miembros apuntados
    }{ $is-on ->
        [yes] . Ahora: { $people ->
            [one] una persona
           *[other] { $people } personas
        }, de ellas { $here ->
            [one] un miembro
           *[other] { $here } miembros
        }; { $called ->
            [one] un miembro llamado
           *[other] { $called } miembros llamados
        }
       *[no] {""}
    }. Solo digo cantidades.

others = { $count ->
    [one] otra persona
   *[other] { $count } más
}
called-live =
    { $names } te { $callers ->
        [one] echa
       *[other] echan
    } de menos ahora mismo en { $chat }. { $number ->
        [0] Acaba de empezar.
       *[other] Va la pregunta { $number } de { $of }: «{ $question }»
    } { $minutes ->
        [one] Queda un minuto,
       *[other] Quedan { $minutes } minutos,
    } ven como estés: { $link }
    (Responde STOP para terminar estos mensajes.)
called-after =
    { $names } te { $callers ->
        [one] echó
       *[other] echaron
    } de menos en { $chat }. Por esta vez terminó; la próxima es el { $next }.
    Lo que se dijo: { $link }
    (Responde STOP para terminar estos mensajes.)
called-after-last =
    { $names } te { $callers ->
        [one] echó
       *[other] echaron
    } de menos en { $chat }. Por esta vez terminó.
    Lo que se dijo: { $link }
    (Responde STOP para terminar estos mensajes.)
lapsed-live =
    { $chat } está en marcha, y hace tiempo que no vienes. { $number ->
        [0] Acaba de empezar.
       *[other] Va la pregunta { $number } de { $of }: «{ $question }»
    } { $minutes ->
        [one] Queda un minuto,
       *[other] Quedan { $minutes } minutos,
    } si te apetece: { $link }
    (Responde STOP para terminar estos mensajes, o AUSENTE 2 semanas.)
heads-up =
    Lápices listos: { $chat } empieza el { $next }. Me pediste que te lo dijera.
    { $link }
    (AVISO OFF termina esto, STOP lo termina todo.)
reminder-next =
    Querías saber de la próxima sesión: { $chat } empieza el { $next }.
    { $link }
    (Era solo por esta vez. AVISO 15 lo dice siempre, STOP lo termina todo.)
recap =
    Querías saber de { $chat } del { $day }: { $link }
    { $questions }
    { $friends ->
        [0] {""}
        [one] { $names } estuvo allí{ $linked ->
            [yes] : { $said }
           *[no] .
        }
       *[other] { $names } estuvieron allí{ $linked ->
            [yes] : { $said }
           *[no] .
        }
    }
    { $coming ->
        [yes] La próxima es el { $next }.
       *[no] {""}
    }
    (RESUMEN OFF termina esto, STOP lo termina todo.)
