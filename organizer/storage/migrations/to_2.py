"""History says who did it; the file gets an identity that its backups are found by."""

from __future__ import annotations

from secrets import token_hex

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From version 1 to 2."""
    op.add_column("history_deed", sa.Column("who", sa.Text, nullable=False, server_default=""))
    # not something that she did: undo must not take it back
    op.execute("UPDATE history_recording SET active = 0")
    op.execute(sa.text("INSERT INTO setting(key, value) VALUES ('file_id', :id)").bindparams(id=token_hex(8)))
    op.execute("UPDATE history_recording SET active = 1")
