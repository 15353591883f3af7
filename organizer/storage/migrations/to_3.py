"""Members know their leg; plans of her own making and kept estimates get their tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From version 2 to 3."""
    op.add_column("member", sa.Column("leg", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("toml", sa.Text, nullable=False, server_default=""),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "estimate",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("company_id", sa.Integer, sa.ForeignKey("company.id"), nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Text, nullable=False, server_default=""),
        sa.Column("plan_version", sa.Text, nullable=False, server_default=""),
        sa.Column("currency", sa.Text, nullable=False, server_default=""),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("input", sa.Text, nullable=False, server_default=""),
        sa.Column("carried", sa.Text, nullable=False, server_default=""),
        sa.UniqueConstraint("company_id", "period"),
        sqlite_autoincrement=True,
    )
