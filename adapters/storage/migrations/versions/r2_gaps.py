"""Times in which a session was not watched.

Revision ID: r2
Revises: r1
"""

import sqlalchemy as sa
from alembic import op

from adapters.storage.columns import Utc

revision = "r2"
down_revision = "r1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gap",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("begins_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "begins_at", name="pk_gap"),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
