# O que dizemos em português. Uma ideia por frase, sem culpa. Tratamos por você.
# Cada mensagem que abre algo, e cada lembrete, diz como sair.

pattern-day = EEEE, d 'de' MMMM 'de' y
pattern-at = EEEE, d 'de' MMMM, HH:mm
pattern-time = HH:mm

welcome =
    Olá! Eu cuido de { $chats }. Quando alguém diz lá que sente a sua falta, ou quando você falta mais tempo do que nunca, aviso você uma vez, a tempo de ainda chegar. Mais nada, e nunca em público.
    Para eu saber que você vê as minhas mensagens: responda com qualquer palavra e fico ligado. STOP termina tudo quando quiser.
welcome-explained =
    Só escrevo quando alguém do seu chat diz que sente a sua falta, ou quando você falta mais tempo do que nunca: no máximo uma mensagem direta por sessão, nunca em público. Mais ninguém vê a sua inscrição.
    Responda com uma palavra como “sim” para me ligar, ou com STOP, e não ouvirá mais de mim.
started =
    Você está dentro: { $chats }. Quando a sua rede chamar, aviso uma vez. STOP termina tudo quando quiser, AJUDA diz mais.
    Suponho que a sua hora é a de { $zone }. Se não for, diga assim: FUSO Europe/Lisbon
started-again = Você está dentro: { $chats }. Quando a sua rede chamar, aviso uma vez. STOP termina tudo quando quiser, AJUDA diz mais.
nobot = O seu perfil diz #nobot, por isso fico longe. Se me quiser mesmo assim, retire isso e escreva START outra vez.
stopped = Feito. Não ouvirá mais de mim. START traz-me de volta, APAGAR elimina o que sei de você.
stopped-chat = Feito. Não há mais mensagens sobre { $chats }; os seus outros chats continuam. STOP sozinho termina todos.
nothing-to-stop = Você não está inscrito, por isso não há nada para parar. Não vou escrever.
no-such-chat = Não conheço #{ $chat }. START sozinho inscreve em todos os chats de que cuido, CALENDÁRIO mostra a lista.

help =
    START, STOP: inscrever, sair (também START #chat, STOP #chat)
    AUSENTE 2 semanas, VOLTEI: deixe-me em paz esse tempo
    AQUI: estou a ler
    PRÓXIMA VEZ, AVISO 15, RESUMO ON: avise antes, conte depois
    SILÊNCIO 22:00-07:00, FUSO, IDIOMA: à minha maneira
    CALENDÁRIO, ESTADO, PORQUÊ: quando, o que sabe, por que escreveu
    VINCULAR: as minhas contas. APAGAR: eliminar tudo
help-line = Sou só um pequeno bot e não entendi. START inscreve, STOP termina, AJUDA mostra o resto.
too-many = Isso foi muito numa hora, por isso deixo de responder por agora. STOP funciona sempre. Tente daqui a uma hora.
which-stop = Quer que eu pare? Escreva STOP, só essa palavra, e não ouvirá mais de mim. Senão, nada muda.
which-command = Posso ler isso de duas maneiras. Qual é: { $choices }? Escreva só essa palavra.
here = É bom saber que você está aí. Conto com você e fico calado.
here-nothing-on = Obrigado, mas nenhum dos seus chats está a decorrer, por isso não há onde contar. Diga quando estiver.

away = Ausente até { $until }. VOLTEI termina antes.
away-open = Ausente até escrever VOLTEI. Também pode dizer um dia ou um tempo, assim: AUSENTE 2 semanas
away-how = Não consigo ler até quando. Escreva assim: AUSENTE até 3 de março, ou AUSENTE 2 semanas
away-past = Esse dia já passou. Escreva assim: AUSENTE até 3 de março, ou AUSENTE 2 semanas
which-day = Posso ler isso como { $one } ou como { $two }. Escreva com o nome do mês, assim: AUSENTE até 3 de março
back = Que bom ter você de volta. A partir de agora aviso de novo quando sentirem a sua falta em { $chats }.
next = Aviso uma vez, um quarto de hora antes da próxima sessão de { $chats }{ $dated ->
        [yes] , em { $at }
       *[no] {""}
    }. STOP termina todas as mensagens.
heads-up-set = Antes de cada sessão de { $chats } aviso com { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minutos
    } de antecedência. AVISO OFF termina isso.
next-off = Não haverá lembrete antes da próxima sessão de { $chats }.
heads-up-off = Não há mais mensagens antes de { $chats }.
not-in-chat = Não está em { $chat }. START { $chat } inscreve.
heads-up-how = Diga quantos minutos antes, um dia no máximo, assim: AVISO 15
recap-on = Quando perder uma sessão de { $chats }, envio depois as perguntas e o que disseram as pessoas com quem fala. RESUMO OFF termina isso.
recap-off = Não há mais mensagens depois de { $chats }.
quiet-set = Silêncio de { $start } a { $end }: não escrevo nesse tempo, nem durante uma sessão. SILÊNCIO EXCETO SESSÕES permite isso.
quiet-set-lifted = Silêncio de { $start } a { $end }, exceto durante as suas sessões.
quiet-lifted = As suas horas de silêncio ficam como estão, mas durante as suas sessões posso escrever.
quiet-off = Sem horas de silêncio: posso escrever a qualquer hora. SILÊNCIO 22:00-07:00 traz de volta.
quiet-usual = As horas de silêncio voltam a ser as de sempre.
quiet-how = Diga de quando a quando, assim: SILÊNCIO 22:00-07:00, ou SILÊNCIO OFF
quiet-covers = Nas suas horas de silêncio (de { $start } a { $end }) começa: { $covered }. Não saberia de nada; SILÊNCIO EXCETO SESSÕES deixa passar.
zone-set = A sua hora é agora a de { $zone }. Todas as horas que digo seguem essa.
zone-now = Suponho que a sua hora é a de { $zone }. Para mudar, diga uma cidade, assim: FUSO Lisboa
zone-which = Há várias com esse nome. Qual é: { $zones }? Escreva FUSO e o nome.
zone-how = Não conheço esse fuso; até agora suponho que o seu é { $zone }. Diga uma cidade, assim: FUSO Europe/Lisbon
language-set = A partir de agora falo português com você.
language-how = Falo English, Deutsch, français, español, português, Nederlands e 日本語. Escreva assim: IDIOMA pt

chats-line = #{ $chat }: { $at }
chats-line-none = #{ $chat }: sem data nos próximos dois meses
chats-line-live = #{ $chat }: a decorrer agora, até { $until }{ $dated ->
    [yes] ; depois, em { $at }
   *[no] {""}
}
chats-zone = (horas de { $zone })
status =
    { $consent ->
        [live] Você está dentro: { $chats }.
        [asked] Você escreveu START para { $chats }, e espero uma palavra sua.
       *[stopped] Você está fora: não envio nada.
    } { $away ->
        [open] Ausente até VOLTEI.
        [until] Ausente até { $until }.
       *[no] {""}
    }
    Fuso { $zone }{ $guess ->
        [yes] {" "}(suposto)
       *[no] {""}
    }, silêncio { $quiet ->
        [none] nunca
       *[some] de { $start } a { $end }
    }{ $lifted ->
        [yes] {" "}exceto durante as sessões
       *[no] {""}
    }.
    Aviso: { $headsup ->
        [none] não
       *[some] { $headsups }
    }. Próxima vez: { $next ->
        [none] não
       *[some] { $nexts }
    }. Resumo: { $recap ->
        [none] não
       *[some] { $recaps }
    }.
    Conheço { $accounts }. Desde { $since } { $sessions ->
        [0] ainda não veio a nenhuma sessão
        [one] veio a { $sessions } sessão
       *[other] veio a { $sessions } sessões
    }, e enviei { $reminders ->
        [0] zero lembretes
        [one] { $reminders } lembrete
       *[other] { $reminders } lembretes
    }. APAGAR elimina tudo isso.
nothing-known = Não sei nada de você. START inscreve.

why-called =
    Em { $day }, { $people ->
        [one] { $people } pessoa chamou
       *[other] { $people } pessoas chamaram
    } você em { $chat } enquanto não estava lá. A minha regra: quem é chamado { $phase ->
        [live] durante a sessão fica a saber uma vez, a tempo de chegar. { $minutes ->
            [one] Faltava { $minutes } minuto
           *[other] Faltavam { $minutes } minutos
        }
       *[after] fica a saber uma vez, até um dia depois. Já tinha terminado
    }; { $known ->
        [all] escreveram aqui: { $links }
        [some] escreveram primeiro aqui: { $links }
       *[no] onde escreveram já esqueci, como sempre depois de um dia.
    }
why-lapsed =
    Em { $day }, ninguém via você em { $chat } há { $run ->
        [one] { $run } sessão
       *[other] { $run } sessões
    }, mais do que é costume seu. A minha regra: escrevo então uma vez, durante a sessão, enquanto ainda vale a pena chegar. Você não tinha chegado à sua hora habitual e { $questions ->
        [one] faltava { $questions } pergunta
       *[other] faltavam { $questions } perguntas
    }.
why-heads-up = Porque você pediu: escrevo antes de cada sessão de { $chat }, como na de { $day }. AVISO OFF termina isso.
why-next = Porque você escreveu PRÓXIMA VEZ: avisei da próxima sessão de { $chat }, a de { $day }. Era só por essa vez.
why-recap = Porque você escreveu RESUMO ON: { $chat } aconteceu em { $day }, e não vi você lá. RESUMO OFF termina isso.
why-forgotten = A minha última mensagem foi sobre { $chat }, em { $day }. Já não sei o motivo; quem cuida de mim pode ver.
why-answer = Isso foi uma resposta ao que você escreveu. Sem pedido, só escrevo quando sentem a sua falta.
why-none = Ainda não enviei nenhum lembrete, por isso não há nada para explicar.

link-code = Escreva-me isto da sua outra conta nos próximos dez minutos: VINCULAR { $code }
    Depois volte aqui e escreva VINCULAR SIM. Até lá nada muda, e mais ninguém deve ter o código.
link-claimed = Obrigado. Volte agora aonde recebeu o código e escreva lá VINCULAR SIM. Só então as duas contas são uma.
link-done = Feito: { $accounts } são agora uma pessoa para mim. Recebe um lembrete, não dois. APAGAR elimina as duas.
link-wrong = Esse não é um código meu, ou é velho demais. Escreva VINCULAR da sua primeira conta para ter outro.
link-many = Demasiados códigos errados. Espere dez minutos e escreva VINCULAR da sua primeira conta.
link-same = As duas contas têm de estar em plataformas diferentes, uma em cada. Nada mudou.
link-own = Esse código tem de vir da sua outra conta. Nada mudou.
link-waiting = Nenhuma conta disse ainda o seu código. Escreva-o primeiro lá, depois VINCULAR SIM aqui.
link-start = Escreva primeiro START e responda à minha pergunta; depois VINCULAR dá um código.

forget-sure = APAGAR elimina tudo o que guardo de você: contas, chats, presenças, mensagens. Para o fazer, escreva APAGAR outra vez dentro de um dia.
forgotten = Tudo sobre você está apagado. Esta é a minha última mensagem, a não ser que me escreva de novo. Obrigado por ter estado aqui.

host-which = Qual dos seus chats? Diga o nome, assim: { $example }
host-none-then = Nesse dia não há sessão de { $chat }.
host-nothing = Não há sessão de { $chat } para mudar nos próximos dois meses.
host-cancelled = { $chat } de { $at } está cancelado. Ninguém conta como ausente, e não escrevo a ninguém.
host-moved = { $chat } é desta vez em { $at }, em vez de { $before }.
host-how = Diga a hora do chat, assim: MOVER 21:00, ou MOVER amanhã 21:00
host-who = { $chat }: { $live ->
        [one] { $live } membro inscrito
       *[other] { $live } membros inscritos
    }{ $is-on ->
        [yes] . Agora: { $people ->
            [one] { $people } pessoa
           *[other] { $people } pessoas
        }, das quais { $here ->
            [one] { $here } membro
           *[other] { $here } membros
        }; { $called ->
            [one] { $called } membro chamado
           *[other] { $called } membros chamados
        }
       *[no] {""}
    }. Só digo números.

others = { $count ->
    [one] mais { $count } pessoa
   *[other] mais { $count } pessoas
}
called-live =
    { $names } { $callers ->
        [one] sente
       *[other] sentem
    } a sua falta agora em { $chat }. { $number ->
        [0] Acabou de começar.
       *[other] Pergunta { $number } de { $of }: “{ $question }”
    } { $minutes ->
        [one] Falta { $minutes } minuto,
       *[other] Faltam { $minutes } minutos,
    } venha como estiver: { $link }
    (Responda STOP para terminar estas mensagens.)
called-after =
    { $names } { $callers ->
        [one] sentiu
       *[other] sentiram
    } a sua falta em { $chat }. Por esta vez acabou; a próxima é em { $next }.
    O que se disse: { $link }
    (Responda STOP para terminar estas mensagens.)
called-after-last =
    { $names } { $callers ->
        [one] sentiu
       *[other] sentiram
    } a sua falta em { $chat }. Por esta vez acabou.
    O que se disse: { $link }
    (Responda STOP para terminar estas mensagens.)
lapsed-live =
    { $chat } está a decorrer, e há algum tempo que você não vem. { $number ->
        [0] Acabou de começar.
       *[other] Pergunta { $number } de { $of }: “{ $question }”
    } { $minutes ->
        [one] Falta { $minutes } minuto,
       *[other] Faltam { $minutes } minutos,
    } se lhe apetecer: { $link }
    (Responda STOP para terminar estas mensagens, ou AUSENTE 2 semanas.)
heads-up =
    Lápis a postos: { $chat } começa em { $next }. Você pediu que eu avisasse.
    { $link }
    (AVISO OFF termina isto, STOP termina tudo.)
reminder-next =
    Você queria saber da próxima sessão: { $chat } começa em { $next }.
    { $link }
    (Foi só por esta vez. AVISO 15 avisa sempre, STOP termina tudo.)
recap =
    Você queria saber de { $chat } em { $day }: { $link }
    { $questions }
    { $friends ->
        [0] {""}
        [one] { $names } esteve lá{ $linked ->
            [yes] : { $said }
           *[no] .
        }
       *[other] { $names } estiveram lá{ $linked ->
            [yes] : { $said }
           *[no] .
        }
    }
    { $coming ->
        [yes] A próxima é em { $next }.
       *[no] {""}
    }
    (RESUMO OFF termina isto, STOP termina tudo.)
