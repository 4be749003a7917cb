"""What is old is found by its session.

Revision ID: r7
Revises: r6
"""

from alembic import op

revision = "r7"
down_revision = "r6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_decision_session_id", "decision", ["session_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
