"""Places, kinds and ranks as they were; a person's timeline and next steps; how files are to be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From version 3 to 4."""
    op.add_column("member", sa.Column("since", sa.Date))
    op.create_table(
        "member_past",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("member_id", sa.Integer, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("sponsor_id", sa.Integer, sa.ForeignKey("member.id")),
        sa.Column("placement_id", sa.Integer, sa.ForeignKey("member.id")),
        sa.Column("leg", sa.Text, nullable=False, server_default=""),
        sa.Column("kind", sa.Text, nullable=False, server_default=""),
        sa.Column("rank", sa.Text, nullable=False, server_default=""),
        sa.UniqueConstraint("member_id", "until"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_past_sponsor_id", "member_past", ["sponsor_id"])
    op.create_index(
        "ix_member_past_placement_id",
        "member_past",
        ["placement_id"],
        sqlite_where=sa.text("placement_id IS NOT NULL"),
    )
    op.create_index("ix_member_past_until", "member_past", ["until"])
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, server_default=""),
        sa.Column("body", sa.Text, nullable=False, server_default=""),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_person_id", "entry", ["person_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("body", sa.Text, nullable=False, server_default=""),
        sa.Column("done", sa.Date),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_person_id", "follow_up", ["person_id"])
    op.create_index("ix_follow_up_due", "follow_up", ["due"], sqlite_where=sa.text("done IS NULL"))
    op.create_table(
        "file_layout",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("company_id", sa.Integer, sa.ForeignKey("company.id"), nullable=False),
        sa.Column("headings", sa.Text, nullable=False),
        sa.Column("mapping", sa.Text, nullable=False, server_default=""),
        sa.UniqueConstraint("company_id", "headings"),
        sqlite_autoincrement=True,
    )
