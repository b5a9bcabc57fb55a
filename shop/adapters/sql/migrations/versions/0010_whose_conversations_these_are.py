"""whose conversations these are"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_conversations",
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("conversation_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "conversation_id", name=op.f("pk_customer_conversations")),
    )
    with op.batch_alter_table("customer_conversations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_conversations_conversation_id"), ["conversation_id"], unique=False
        )
    op.execute(
        "INSERT INTO customer_conversations (customer_id, conversation_id) "
        "SELECT customer_id, conversation_id FROM identities WHERE customer_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("customer_conversations")
