"""Several processes on one database: leases, messages in hand, how far each source has read.

Revision ID: r6
Revises: r5
"""

import sqlalchemy as sa
from alembic import op

from adapters.storage.columns import Utc

revision = "r6"
down_revision = "r5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("owner", sa.String()))
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "reading",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("until", Utc()),
        sa.Column("sweeps", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "source", name="pk_reading"),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
