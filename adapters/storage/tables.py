"""The tables. Their unique keys make every hop idempotent; a change here needs a migration (a test compares).

Foreign keys hold a member together and nothing else: rows of different shelves may arrive in any order.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

from adapters.storage.columns import Utc, Word

NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

metadata = MetaData(naming_convention=NAMES)

cursors = Table(
    "cursor",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

posts = Table(
    "post",
    metadata,
    Column("platform", Word, primary_key=True),
    Column("id", String, primary_key=True),
    Column("uri_hash", String(64), nullable=False),  # a Mastodon URI spells its author's name; we only compare it
    Column("session_id", String),
    Column("created_at", Utc, nullable=False),
    # Until the session is erased:
    Column("author_id", String),
    Column("author_handle", String),
    Column("author_name", String),
    Column("author_is_bot", Boolean),
    UniqueConstraint("platform", "uri_hash"),
    Index(None, "session_id", "author_id"),
    Index(None, "created_at"),
)

members = Table(
    "member",
    metadata,
    Column("id", String, primary_key=True),
    Column("consent", Word, nullable=False),
    Column("zone", String, nullable=False),
    Column("language", String, nullable=False),
    Column("joined_at", Utc, nullable=False),
    Column("last_heard_at", Utc, nullable=False),
    Column("preferences", JSON, nullable=False, server_default="{}"),
)

identities = Table(
    "identity",
    metadata,
    Column("platform", Word, primary_key=True),
    Column("account_id", String, primary_key=True),
    Column("member_id", String, ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("handle", String, nullable=False),
    Column("name", String, nullable=False),
    Column("is_bot", Boolean, nullable=False),
    Column("wants_no_bots", Boolean, nullable=False, server_default=false()),
    Column("thread_post_id", String),
    Column("refused_at", Utc),
    Index(None, "member_id"),
    Index(None, "handle"),
)

enrolments = Table(
    "enrolment",
    metadata,
    Column("member_id", String, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("chat", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Index(None, "chat"),
)

sessions = Table(
    "session",
    metadata,
    Column("id", String, primary_key=True),
    Column("chat", String, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("watched_until", Utc),
    Column("sweeps", Integer, nullable=False),
    Column("settled_at", Utc),
    Column("erased_at", Utc),
    Column("held", Boolean),
    Column("observed", Boolean),
    Column("people", Integer, nullable=False),
    Index(None, "chat", "starts_at"),
    Index(None, "settled_at"),
    Index(None, "erased_at"),
)

gaps = Table(
    "gap",
    metadata,
    Column("session_id", String, primary_key=True),
    Column("begins_at", Utc, primary_key=True),
    Column("ends_at", Utc, nullable=False),
)

readings = Table(
    "reading",
    metadata,
    Column("session_id", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("until", Utc),
    Column("sweeps", Integer, nullable=False),
)

leases = Table(
    "lease",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("until", Utc, nullable=False),
)

questions = Table(
    "question",
    metadata,
    Column("session_id", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", String, nullable=False),
    Column("post_id", String, nullable=False),
    Column("url", String, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("session_id", "post_id"),
)

attendances = Table(
    "attendance",
    metadata,
    Column("member_id", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("first_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    Column("how", String, nullable=False),
    Index(None, "session_id"),
)

calls = Table(
    "call",
    metadata,
    Column("platform", Word, primary_key=True),
    Column("post_id", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    Column("session_id", String, nullable=False),
    Column("url", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("phrase", String, nullable=False),
    Column("at", Utc, nullable=False),
    # Until the session is erased:
    Column("caller_id", String),
    Column("caller_name", String),
    Index(None, "session_id"),
)

ties = Table(
    "tie",
    metadata,
    # The two members in the order of their ids, so that a pair has one row.
    Column("low_id", String, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("high_id", String, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("weight", Float, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "high_id"),
)

decisions = Table(
    "decision",
    metadata,
    Column("member_id", String, primary_key=True),
    Column("session_id", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("reason", String, primary_key=True),
    Column("decision", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "session_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("member_id", String, nullable=False),
    Column("platform", Word, nullable=False),
    Column("account_id", String, nullable=False),
    Column("handle", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", Word, nullable=False),
    Column("reason", String, nullable=False),
    Column("session_id", String),
    Column("note", String, nullable=False),
    Column("words", JSON(none_as_null=True)),
    Column("language", String, nullable=False),
    Column("in_reply_to_id", String),
    Column("not_before", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Utc),
    Column("owner", String),
    Column("lease_until", Utc),
    Column("text", String),
    Column("receipt_id", String),
    Column("receipt_url", String),
    Column("done_at", Utc),
    UniqueConstraint("key"),
    Index(None, "platform", "account_id", "created_at"),
    Index(None, "platform", "receipt_id"),
    Index(None, "state", "not_before"),
    Index(None, "member_id", "session_id"),
    Index(None, "session_id"),
    Index(None, "created_at"),
)

requests = Table(
    "request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String, nullable=False),
    Column("use", String, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "account", "use", "at"),
)

closings = Table(
    "closing",
    metadata,
    Column("account", String, primary_key=True),
    Column("use", String, primary_key=True),
    Column("until", Utc, nullable=False),
    Column("why", String, nullable=False),
)

billed = Table(
    "billed",
    metadata,
    Column("account", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
)

costs = Table(
    "cost",
    metadata,
    Column("account", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("chat", String, primary_key=True),
    Column("items", Integer, nullable=False),
    Column("micros", Integer, nullable=False),
)

links = Table(
    "link",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("member_id", String, ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("platform", Word, nullable=False),
    Column("account_id", String, nullable=False),
    Column("expires_at", Utc, nullable=False),
    # Once the code came back from another account:
    Column("claimed_platform", Word),
    Column("claimed_id", String),
    Column("claimed_handle", String),
    Column("claimed_name", String),
    Column("claimed_thread_id", String),
    Index(None, "member_id"),
)

changes = Table(
    "change",
    metadata,
    Column("chat", String, primary_key=True),
    Column("day", String(10), primary_key=True),  # in the chat's zone
    Column("moved_to", Utc),
    Column("at", Utc, nullable=False),
)

tallies = Table(
    "tally",
    metadata,
    Column("name", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
