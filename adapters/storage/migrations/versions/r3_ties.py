"""What there is between two members.

Revision ID: r3
Revises: r2
"""

import sqlalchemy as sa
from alembic import op

from adapters.storage.columns import Utc

revision = "r3"
down_revision = "r2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tie",
        sa.Column("low_id", sa.String(), nullable=False),
        sa.Column("high_id", sa.String(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["low_id"], ["member.id"], name="fk_tie_low_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["high_id"], ["member.id"], name="fk_tie_high_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("low_id", "high_id", name="pk_tie"),
    )
    op.create_index("ix_tie_high_id", "tie", ["high_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
