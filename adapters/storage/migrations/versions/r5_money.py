"""Limits and costs of platforms that are paid by the request; accounts that refuse our messages.

Revision ID: r5
Revises: r4
"""

import sqlalchemy as sa
from alembic import op

from adapters.storage.columns import Utc

revision = "r5"
down_revision = "r4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("identity") as table:
        table.add_column(sa.Column("refused_at", Utc()))
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
    )
    op.create_index("ix_request_account_use_at", "request", ["account", "use", "at"])
    op.create_table(
        "closing",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("until", Utc(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account", "use", name="pk_closing"),
    )
    op.create_table(
        "billed",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account", "day", "kind", "key", name="pk_billed"),
    )
    op.create_table(
        "cost",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("micros", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "day", "kind", "chat", name="pk_cost"),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
