"""What members ask for, links between their accounts, hosts' changes of a date, and counts without anybody in them.

Revision ID: r4
Revises: r3
"""

import sqlalchemy as sa
from alembic import op

from adapters.storage.columns import Utc, Word

revision = "r4"
down_revision = "r3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("preferences", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("identity", sa.Column("wants_no_bots", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_outbox_platform_account_id_created_at", "outbox", ["platform", "account_id", "created_at"], unique=False
    )
    op.create_index("ix_outbox_platform_receipt_id", "outbox", ["platform", "receipt_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("platform", Word(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("claimed_platform", Word(), nullable=True),
        sa.Column("claimed_id", sa.String(), nullable=True),
        sa.Column("claimed_handle", sa.String(), nullable=True),
        sa.Column("claimed_name", sa.String(), nullable=True),
        sa.Column("claimed_thread_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_link_member_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_link"),
    )
    op.create_index("ix_link_member_id", "link", ["member_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("moved_to", Utc(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "day", name="pk_change"),
    )
    op.create_table(
        "tally",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_tally"),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
