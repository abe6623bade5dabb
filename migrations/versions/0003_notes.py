"""Notes of learners under reflections; errors of files, for staff to see."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_notes_activity_id_activities"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_notes_enrolment_id_enrolments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.UniqueConstraint("enrolment_id", "activity_id", "slot", name="uq_notes_enrolment_id_activity_id_slot"),
    )
    for table in ("courses", "modules", "activities"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("problems", sa.JSON(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table) as batch_op:  # in one batch the default would be gone before rows are copied
            batch_op.alter_column("problems", server_default=None)


def downgrade() -> None:
    for table in ("activities", "modules", "courses"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("problems")
    op.drop_table("notes")
