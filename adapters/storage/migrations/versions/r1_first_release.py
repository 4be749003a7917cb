"""Everything the first release keeps.

Revision ID: r1
Revises: nothing, it is the first
"""

import sqlalchemy as sa
from alembic import op

from adapters.storage.columns import Utc, Word

revision = "r1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _attendance()
    _call()
    _cursor()
    _decision()
    _member()
    _outbox()
    _post()
    _question()
    _session()
    _enrolment()
    _identity()


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("first_at", Utc(), nullable=False),
        sa.Column("last_at", Utc(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "session_id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_session_id", "attendance", ["session_id"], unique=False)


def _call() -> None:
    op.create_table(
        "call",
        sa.Column("platform", Word(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("caller_id", sa.String(), nullable=True),
        sa.Column("caller_name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "post_id", "member_id", name="pk_call"),
    )
    op.create_index("ix_call_session_id", "call", ["session_id"], unique=False)


def _cursor() -> None:
    op.create_table(
        "cursor",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_cursor"),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "session_id", "outcome", "reason", name="pk_decision"),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("consent", Word(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("joined_at", Utc(), nullable=False),
        sa.Column("last_heard_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("platform", Word(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", Word(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("in_reply_to_id", sa.String(), nullable=True),
        sa.Column("not_before", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", Utc(), nullable=True),
        sa.Column("lease_until", Utc(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("receipt_id", sa.String(), nullable=True),
        sa.Column("receipt_url", sa.String(), nullable=True),
        sa.Column("done_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"], unique=False)
    op.create_index("ix_outbox_member_id_session_id", "outbox", ["member_id", "session_id"], unique=False)
    op.create_index("ix_outbox_session_id", "outbox", ["session_id"], unique=False)
    op.create_index("ix_outbox_state_not_before", "outbox", ["state", "not_before"], unique=False)


def _post() -> None:
    op.create_table(
        "post",
        sa.Column("platform", Word(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("uri_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("author_handle", sa.String(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=True),
        sa.Column("author_is_bot", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "id", name="pk_post"),
        sa.UniqueConstraint("platform", "uri_hash", name="uq_post_platform_uri_hash"),
    )
    op.create_index("ix_post_created_at", "post", ["created_at"], unique=False)
    op.create_index("ix_post_session_id_author_id", "post", ["session_id", "author_id"], unique=False)


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "number", name="pk_question"),
        sa.UniqueConstraint("session_id", "post_id", name="uq_question_session_id_post_id"),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("watched_until", Utc(), nullable=True),
        sa.Column("sweeps", sa.Integer(), nullable=False),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.Column("erased_at", Utc(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=True),
        sa.Column("observed", sa.Boolean(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
    )
    op.create_index("ix_session_chat_starts_at", "session", ["chat", "starts_at"], unique=False)
    op.create_index("ix_session_erased_at", "session", ["erased_at"], unique=False)
    op.create_index("ix_session_settled_at", "session", ["settled_at"], unique=False)


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_enrolment_member_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "chat", name="pk_enrolment"),
    )
    op.create_index("ix_enrolment_chat", "enrolment", ["chat"], unique=False)


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("platform", Word(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("thread_post_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_identity_member_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("platform", "account_id", name="pk_identity"),
    )
    op.create_index("ix_identity_handle", "identity", ["handle"], unique=False)
    op.create_index("ix_identity_member_id", "identity", ["member_id"], unique=False)
