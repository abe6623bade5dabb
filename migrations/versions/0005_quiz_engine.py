"""Every kind and rule of quizzes: overrides, marks by people, re-keys, practice, evidence by attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEW_WITH_A_VALUE = {
    "answers": ("is_final",),
    "attempts": ("form", "waiting"),
    "evidence": ("occasion",),
    "modules": ("requires",),
    "progress": ("is_provisional",),
}
"""Columns that rows from before are given a value in, once."""

NUMBER_THE_EVIDENCE = """
    UPDATE evidence SET occasion = (
        SELECT attempts.number FROM attempts
        WHERE attempts.enrolment_id = evidence.enrolment_id
          AND attempts.activity_id = evidence.activity_id
          AND attempts.submitted_at = evidence.at
    )
    WHERE NOT is_practice AND EXISTS (
        SELECT 1 FROM attempts
        WHERE attempts.enrolment_id = evidence.enrolment_id
          AND attempts.activity_id = evidence.activity_id
          AND attempts.submitted_at = evidence.at
    )
"""
"""Evidence from before says when its attempt was sent, and by that which one it was."""


def upgrade() -> None:
    op.create_table(
        "overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("minutes_allowed", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(cohort_id IS NULL) <> (enrolment_id IS NULL)", name="ck_overrides_for_one"),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_overrides_activity_id_activities"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_overrides_by_id_people", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name="fk_overrides_cohort_id_cohorts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_overrides_enrolment_id_enrolments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_overrides"),
    )
    with op.batch_alter_table("overrides") as batch_op:
        batch_op.create_index("ix_overrides_activity_id_cohort_id", ["activity_id", "cohort_id"], unique=False)
        batch_op.create_index("ix_overrides_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "practice_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("memory", sa.JSON(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_practice_cards_activity_id_activities"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_practice_cards_enrolment_id_enrolments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_practice_cards"),
        sa.UniqueConstraint(
            "enrolment_id", "activity_id", "question", name="uq_practice_cards_enrolment_id_activity_id_question"
        ),
    )
    with op.batch_alter_table("practice_cards") as batch_op:
        batch_op.create_index("ix_practice_cards_enrolment_id_due", ["enrolment_id", "due"], unique=False)

    op.create_table(
        "practice_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["practice_cards.id"], name="fk_practice_answers_card_id_practice_cards", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["activity_versions.id"], name="fk_practice_answers_version_id_activity_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_practice_answers"),
        sa.UniqueConstraint("card_id", "number", name="uq_practice_answers_card_id_number"),
    )
    with op.batch_alter_table("practice_answers") as batch_op:
        batch_op.create_index("ix_practice_answers_card_id_at", ["card_id", "at"], unique=False)

    op.create_table(
        "rekeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_rekeys_by_id_people", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["activity_versions.id"], name="fk_rekeys_version_id_activity_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rekeys"),
    )
    with op.batch_alter_table("rekeys") as batch_op:
        batch_op.create_index("ix_rekeys_version_id_question", ["version_id", "question"], unique=False)

    op.create_table(
        "human_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name="fk_human_marks_attempt_id_attempts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_human_marks_by_id_people", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_human_marks"),
    )
    with op.batch_alter_table("human_marks") as batch_op:
        batch_op.create_index("ix_human_marks_attempt_id_question", ["attempt_id", "question"], unique=False)

    op.create_table(
        "score_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("rekey_id", sa.Integer(), nullable=False),
        sa.Column("earned_before", sa.Double(), nullable=False),
        sa.Column("maximum_before", sa.Double(), nullable=False),
        sa.Column("earned_after", sa.Double(), nullable=False),
        sa.Column("maximum_after", sa.Double(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name="fk_score_changes_attempt_id_attempts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rekey_id"], ["rekeys.id"], name="fk_score_changes_rekey_id_rekeys"),
        sa.PrimaryKeyConstraint("id", name="pk_score_changes"),
        sa.UniqueConstraint("attempt_id", "rekey_id", name="uq_score_changes_attempt_id_rekey_id"),
    )
    with op.batch_alter_table("score_changes") as batch_op:
        batch_op.create_index("ix_score_changes_rekey_id", ["rekey_id"], unique=False)

    with op.batch_alter_table("answers") as batch_op:
        batch_op.add_column(sa.Column("is_final", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("attempts") as batch_op:
        batch_op.add_column(sa.Column("source_version_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("form", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("minutes_allowed", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("waiting", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_foreign_key(
            "fk_attempts_source_version_id_activity_versions", "activity_versions", ["source_version_id"], ["id"]
        )

    with op.batch_alter_table("evidence") as batch_op:
        batch_op.add_column(sa.Column("occasion", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("modules") as batch_op:
        batch_op.add_column(sa.Column("requires", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("progress") as batch_op:
        batch_op.add_column(sa.Column("is_provisional", sa.Boolean(), nullable=False, server_default=sa.false()))

    for table, columns in NEW_WITH_A_VALUE.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)
    op.execute(NUMBER_THE_EVIDENCE)


def downgrade() -> None:
    with op.batch_alter_table("progress") as batch_op:
        batch_op.drop_column("is_provisional")

    with op.batch_alter_table("modules") as batch_op:
        batch_op.drop_column("requires")

    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_column("occasion")

    with op.batch_alter_table("attempts") as batch_op:
        batch_op.drop_constraint("fk_attempts_source_version_id_activity_versions", type_="foreignkey")
        batch_op.drop_column("waiting")
        batch_op.drop_column("minutes_allowed")
        batch_op.drop_column("form")
        batch_op.drop_column("source_version_id")

    with op.batch_alter_table("answers") as batch_op:
        batch_op.drop_column("is_final")

    with op.batch_alter_table("score_changes") as batch_op:
        batch_op.drop_index("ix_score_changes_rekey_id")

    op.drop_table("score_changes")
    with op.batch_alter_table("human_marks") as batch_op:
        batch_op.drop_index("ix_human_marks_attempt_id_question")

    op.drop_table("human_marks")
    with op.batch_alter_table("rekeys") as batch_op:
        batch_op.drop_index("ix_rekeys_version_id_question")

    op.drop_table("rekeys")
    with op.batch_alter_table("practice_answers") as batch_op:
        batch_op.drop_index("ix_practice_answers_card_id_at")

    op.drop_table("practice_answers")
    with op.batch_alter_table("practice_cards") as batch_op:
        batch_op.drop_index("ix_practice_cards_enrolment_id_due")

    op.drop_table("practice_cards")
    with op.batch_alter_table("overrides") as batch_op:
        batch_op.drop_index("ix_overrides_enrolment_id")
        batch_op.drop_index("ix_overrides_activity_id_cohort_id")

    op.drop_table("overrides")
