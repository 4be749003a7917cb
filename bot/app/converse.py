"""Members write to the bot: understand, change what they may change, answer once, in their thread."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import uuid4

from bot.app.advice import advice
from bot.app.answers import Told, chats, status
from bot.app.correspondence import answer, comes_late, is_private, is_sure, is_welcomed, silence, thread
from bot.app.hosting import hosted, obey
from bot.app.journal import Event, Journal, Moved
from bot.app.linking import link
from bot.app.manners import is_echo, is_loop, measured
from bot.app.ports import Lookup
from bot.app.programme import Programme
from bot.app.shelves import Storage, UnitOfWork
from bot.app.why import why
from bot.domain.attendance import Attendance
from bot.domain.chat import sessions_between
from bot.domain.conversation import Reply, Scene, respond
from bot.domain.model import Consent, Identity, Member, Moment, Platform, Post
from bot.domain.outbox import LAST_WORD, OutboxMessage, answer_key
from bot.domain.policy import QuietHours
from bot.domain.understanding import Intent, Understanding
from bot.domain.vocabulary import Command
from bot.domain.wishes import Listener

HERE_BEFORE: Final = timedelta(hours=1)
"""HERE counts for a session that is on, or begins so soon."""


class Converse:
    """Takes messages to the bot. The same message taken twice is answered once."""

    def __init__(
        self,
        storage: Storage,
        programme: Programme,
        understanding: Understanding,
        quiet: QuietHours,
        journal: Journal,
        lookups: Mapping[Platform, Lookup] | None = None,
    ) -> None:
        self._storage = storage
        self._chats = programme
        self._understanding = understanding
        self._quiet = quiet
        self._journal = journal
        self._lookups = lookups or {}

    def take(self, post: Post, now: Moment) -> Reply | None:
        """Obey and answer one post that mentions the bot; None where it is not for us or was taken before.

        Raises:
            Transient: whether the START of somebody not live yet was taken back cannot be seen just now.
        """
        if post.author.is_bot or post.is_repost:
            return None
        is_withdrawn = self._is_withdrawn(post)
        events: list[Event] = []
        with self._storage.work() as work:
            is_known = post.is_direct and not work.posts.add(post, None)
            if is_known or work.outbox.is_answered(answer_key(post.platform, post.id)):
                return None
            at = min(post.created_at, now)
            member = work.members.by_account(post.platform, post.author.id)
            if member is not None and is_withdrawn:
                work.members.forget(member)
                member = None
            if is_echo(work, post, at):
                return None
            reply = self._obey(work, member, post, now)
            if reply is None:
                return None
            said = self._answered(work, member, post, reply, now)
            if said is not None and not is_loop(work, said) and work.outbox.add(said):
                events.append(Moved(message=said))
        for event in events:
            self._journal(event)
        return reply

    def _is_withdrawn(self, post: Post) -> bool:
        """Look whether somebody who is not live yet has deleted the message by which they asked in."""
        with self._storage.work() as work:
            member = work.members.by_account(post.platform, post.author.id)
        lookup = self._lookups.get(post.platform)
        asked = member.identity(post.platform) if member and member.consent is Consent.ASKED else None
        if lookup is None or asked is None or asked.thread_post_id is None or not is_private(post):
            return False
        return lookup.is_gone(asked.thread_post_id)

    def _obey(self, work: UnitOfWork, member: Member | None, post: Post, now: Moment) -> Reply | None:
        is_alone = is_private(post)
        ear = self._ear(member, post, now)
        intent = self._understanding.read(post.text, *ear.languages, is_private=is_alone)
        scene = Scene(
            text=post.text,
            ear=ear,
            chats=tuple(self._chats),
            is_private=is_alone,
            is_welcomed=member is not None and is_welcomed(work, member, post),
            is_host=bool(hosted(self._chats, post.author.handle)),
            is_sure=member is not None and is_sure(work, member, post),
            wants_no_bots=post.author.wants_no_bots,
        )
        found = respond(member, intent, scene)
        if member is not None and found.consent is not member.consent and comes_late(post, member, found):
            return None
        reply = measured(work, post, member, found, min(post.created_at, now))
        if reply is None or reply.task is None:
            return reply
        told = self._told(work, member, post, intent, ear)
        return reply.model_copy(update={"note": told.note, "words": told.words, "changed": told.member, "task": None})

    def _told(self, work: UnitOfWork, member: Member | None, post: Post, intent: Intent, ear: Listener) -> Told:
        """Look up, or do, what no rule of the conversation knows."""
        if intent.command is Command.LINK:
            return link(work, member, post, intent, ear)
        if intent.command is Command.CHATS or member is None:
            zone = member.zone if member else next((chat.zone for chat in self._chats.values()), "UTC")
            is_for_hosts = intent.command is not Command.CHATS
            return obey(work, self._chats, post, intent, ear) if is_for_hosts else chats(self._chats, zone, ear.now)
        if intent.command is Command.STATUS:
            return status(work, member, self._quiet, ear.now)
        if intent.command is Command.WHY:
            return why(work, member, post, self._chats)
        return obey(work, self._chats, post, intent, ear)

    def _ear(self, member: Member | None, post: Post, now: Moment) -> Listener:
        """Say what languages to expect: the one they chose, their post's, the chats', English."""
        own = member.language if member else None
        chats = (chat.language for chat in self._chats.values())
        said = (post.language or "")[:2] or None
        is_said = member is not None and member.preferences.is_language_said
        languages = (own, said) if is_said or member is not None else (said, *chats)
        return Listener(understanding=self._understanding, languages=languages, now=now)

    def _answered(
        self, work: UnitOfWork, member: Member | None, post: Post, reply: Reply, now: Moment
    ) -> OutboxMessage | None:
        """Keep what the reply changes, and return the answer to it."""
        if reply.consent is Consent.FORGOTTEN and member is not None:
            work.members.forget(member)
            work.tallies.add("forgotten")
            return answer(post, None, reply, LAST_WORD, member.language, now)
        kept = self._remember(work, reply.changed or member, reply, post, now)
        note = reply.note
        if kept is not None and reply.is_here and not self._count_in(work, kept, post):
            note = "here-nothing-on"
        words = dict(reply.words)
        if note == "started" and kept is not None:
            note = "started-again" if kept.preferences.is_zone_said else note
        if kept is not None and note is not None:
            added = advice(note, kept, self._chats, self._quiet, now)
            words = {**({"zone": kept.zone} if note == "started" or added else {}), **added, **words}
        language = kept.language if kept is not None else self._language_of(post, now)
        reply = reply.model_copy(update={"words": words})
        return answer(post, kept, reply, note, language, now) if note is not None else None

    def _language_of(self, post: Post, now: Moment) -> str:
        """Guess a newcomer's language: that in which we understood them, else their post's."""
        ear = self._ear(None, post, now)
        intent = self._understanding.read(post.text, *ear.languages, is_private=is_private(post))
        return intent.language or next((one for one in ear.languages if one in self._understanding.languages), "en")

    def _remember(
        self, work: UnitOfWork, member: Member | None, reply: Reply, post: Post, now: Moment
    ) -> Member | None:
        if reply.consent is None:
            return None
        heard_at = min(post.created_at, now)
        before = member.identity(post.platform) if member else None
        identity = Identity(
            platform=post.platform,
            account_id=post.author.id,
            handle=post.author.handle,
            name=post.author.name,
            is_bot=post.author.is_bot,
            wants_no_bots=post.author.wants_no_bots,
            thread_post_id=thread(post, before, reply),
        )
        if member is None:
            member = self._newcomer(identity, reply, post, now)
        others = tuple(one for one in member.identities if one.platform is not post.platform)
        chats = member.chats if reply.changed is not None else reply.chats
        member = member.model_copy(
            update={
                "consent": reply.consent,
                "chats": chats,
                "identities": (*others, identity),
                "last_heard_at": max(member.last_heard_at, heard_at),
            }
        )
        work.members.put(member)
        if member.consent is Consent.STOPPED:
            silence(work, member, now)
        return member

    def _newcomer(self, identity: Identity, reply: Reply, post: Post, now: Moment) -> Member:
        zone = next((self._chats[tag].zone for tag in reply.chats), "UTC")
        return Member(
            id=uuid4().hex,
            consent=Consent.ASKED,
            identities=(identity,),
            zone=zone,
            language=self._language_of(post, now),
            joined_at=now,
            last_heard_at=min(post.created_at, now),
        )

    def _count_in(self, work: UnitOfWork, member: Member, post: Post) -> bool:
        at = post.created_at
        chats = [self._chats[tag] for tag in member.chats if tag in self._chats]
        sessions = [session for chat in chats for session in sessions_between(chat, at, at + HERE_BEFORE)]
        for session in sessions:
            work.sessions.ensure(session)
            here = Attendance(member_id=member.id, session_id=session.id, first_at=at, last_at=at, how="here")
            work.attendances.add(here)
        return bool(sessions)
