"""Own passwords, devices, one-time codes, the staff log; groups, dates, announcements and attendance of cohorts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEW_WITH_A_VALUE = {
    "cohorts": ("is_registration_open", "dates_revision"),
    "courses": ("is_open",),
    "enrolments": ("details",),
    "people": ("has_own_password",),
    "sign_ins": ("is_remembered", "device"),
}
"""Columns that rows from before are given a value in, once."""


def upgrade() -> None:
    op.create_table(
        "group_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("stratified_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name="fk_group_sets_cohort_id_cohorts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_sets"),
    )
    with op.batch_alter_table("group_sets") as batch_op:
        batch_op.create_index("ix_group_sets_cohort_id", ["cohort_id"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name="fk_meetings_cohort_id_cohorts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["people.id"], name="fk_meetings_opened_by_id_people", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.UniqueConstraint("code", name="uq_meetings_code"),
    )
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.create_index("ix_meetings_cohort_id", ["cohort_id"], unique=False)

    op.create_table(
        "reset_codes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_reset_codes_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_reset_codes"),
    )
    op.create_table(
        "staff_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_staff_log_actor_id_people", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["people.id"], name="fk_staff_log_subject_id_people", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff_log"),
    )
    with op.batch_alter_table("staff_log") as batch_op:
        batch_op.create_index("ix_staff_log_cohort", ["cohort", "id"], unique=False)
        batch_op.create_index("ix_staff_log_subject_id", ["subject_id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "presence", sa.Enum("hadir", "izin", "sakit", name="presence", native_enum=False, length=16), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_by_staff", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_attendances_enrolment_id_enrolments", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name="fk_attendances_meeting_id_meetings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attendances"),
        sa.UniqueConstraint("meeting_id", "enrolment_id", name="uq_attendances_meeting_id_enrolment_id"),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["people.id"], name="fk_groups_facilitator_id_people", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["set_id"], ["group_sets.id"], name="fk_groups_set_id_group_sets", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("set_id", "name", name="uq_groups_set_id_name"),
    )
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("appears_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name="fk_announcements_author_id_people", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name="fk_announcements_cohort_id_cohorts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_announcements_group_id_groups", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    with op.batch_alter_table("announcements") as batch_op:
        batch_op.create_index("ix_announcements_cohort_id_appears_at", ["cohort_id", "appears_at"], unique=False)

    op.create_table(
        "cohort_schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_cohort_schedules_activity_id_activities"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name="fk_cohort_schedules_cohort_id_cohorts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cohort_schedules"),
        sa.UniqueConstraint("cohort_id", "activity_id", name="uq_cohort_schedules_cohort_id_activity_id"),
    )
    op.create_table(
        "group_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_group_members_enrolment_id_enrolments", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_group_members_group_id_groups", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["group_sets.id"], name="fk_group_members_set_id_group_sets", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_members"),
        sa.UniqueConstraint("set_id", "enrolment_id", name="uq_group_members_set_id_enrolment_id"),
    )
    with op.batch_alter_table("group_members") as batch_op:
        batch_op.create_index("ix_group_members_group_id", ["group_id"], unique=False)

    with op.batch_alter_table("cohorts") as batch_op:
        batch_op.add_column(sa.Column("join_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("is_registration_open", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("dates_revision", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_unique_constraint("uq_cohorts_join_code", ["join_code"])

    with op.batch_alter_table("courses") as batch_op:
        batch_op.add_column(sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("enrolments") as batch_op:
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("people") as batch_op:
        batch_op.add_column(sa.Column("has_own_password", sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.add_column(sa.Column("is_remembered", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("device", sa.String(), nullable=False, server_default=""))

    for table, columns in NEW_WITH_A_VALUE.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.drop_column("device")
        batch_op.drop_column("is_remembered")

    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("has_own_password")

    with op.batch_alter_table("enrolments") as batch_op:
        batch_op.drop_column("details")
        batch_op.drop_column("ended_at")

    with op.batch_alter_table("courses") as batch_op:
        batch_op.drop_column("is_open")

    with op.batch_alter_table("cohorts") as batch_op:
        batch_op.drop_constraint("uq_cohorts_join_code", type_="unique")
        batch_op.drop_column("dates_revision")
        batch_op.drop_column("archived_at")
        batch_op.drop_column("is_registration_open")
        batch_op.drop_column("join_code")

    with op.batch_alter_table("group_members") as batch_op:
        batch_op.drop_index("ix_group_members_group_id")

    op.drop_table("group_members")
    op.drop_table("cohort_schedules")
    with op.batch_alter_table("announcements") as batch_op:
        batch_op.drop_index("ix_announcements_cohort_id_appears_at")

    op.drop_table("announcements")
    op.drop_table("groups")
    op.drop_table("attendances")
    with op.batch_alter_table("staff_log") as batch_op:
        batch_op.drop_index("ix_staff_log_subject_id")
        batch_op.drop_index("ix_staff_log_cohort")

    op.drop_table("staff_log")
    op.drop_table("reset_codes")
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.drop_index("ix_meetings_cohort_id")

    op.drop_table("meetings")
    with op.batch_alter_table("group_sets") as batch_op:
        batch_op.drop_index("ix_group_sets_cohort_id")

    op.drop_table("group_sets")
