"""where a return stands"""

import sqlalchemy as sa
from alembic import op

import shop.adapters.sql.schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIMES = ("sent_at", "received_at", "refunded_at", "cancelled_at")


def upgrade() -> None:
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("send_by", sa.Date(), nullable=True))
        for name in _TIMES:
            batch_op.add_column(sa.Column(name, shop.adapters.sql.schema.UtcTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tracking_number", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.drop_column("tracking_number")
        for name in reversed(_TIMES):
            batch_op.drop_column(name)
        batch_op.drop_column("send_by")
