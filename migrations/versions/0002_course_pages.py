"""The glossary and the references of a course."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_course_pages_course_id_courses"),
        sa.PrimaryKeyConstraint("id", name="pk_course_pages"),
        sa.UniqueConstraint("course_id", "name", name="uq_course_pages_course_id_name"),
    )


def downgrade() -> None:
    op.drop_table("course_pages")
