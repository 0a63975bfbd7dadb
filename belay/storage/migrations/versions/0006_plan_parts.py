"""plan_parts: the first sentence of a plan, and a client's own quiet hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("run", "practice"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("opening", sa.Text(), nullable=True))
    with op.batch_alter_table("reminder_wish") as batch_op:
        batch_op.add_column(sa.Column("quiet_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reminder_wish") as batch_op:
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("quiet_from")
    for table in ("practice", "run"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("opening")
