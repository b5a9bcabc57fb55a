"""where reading begins"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tracker_events", schema=None) as batch_op:
        batch_op.create_index("ix_tracker_events_beginning", ["conversation_id", "session_start", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tracker_events", schema=None) as batch_op:
        batch_op.drop_index("ix_tracker_events_beginning")
