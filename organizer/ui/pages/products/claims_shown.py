"""Words in a note that promise too much: underlined while she writes, and told of below with the rule."""

from __future__ import annotations

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from organizer.i18n import _, language
from organizer.services import claims
from organizer.ui import theme

_MOST = 3


class ClaimsUnderlined(QSyntaxHighlighter):
    """Underlines them in a document. It points; what is written stays as it is."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._format.setUnderlineColor(theme.amber())

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt calls it so
        """Qt's: one line of the note."""
        for claim in claims.found(text):
            self.setFormat(_units(text, 0, claim.start), _units(text, claim.start, claim.end), self._format)


def _units(text: str, start: int, end: int) -> int:
    # Qt counts letters beyond the first 65,536 twice
    return len(text[start:end].encode("utf-16-le")) // 2


def told(text: str) -> str:
    """What is said below a note: each rule that its words fall under, with the words; "" where there are none."""
    by_rule: dict[str, tuple[list[str], str, str]] = {}
    for claim in claims.found(text):
        rule, spoken = claim.rule, language()
        words, _why, _source = by_rule.setdefault(rule.id, ([], rule.why[spoken], rule.source[spoken]))
        word = " ".join(text[claim.start : claim.end].split())
        if word not in words:
            words.append(word)
    lines = [
        _("“{words}”: {why} ({source})").format(words=", ".join(words[:_MOST]), why=why, source=source)
        for words, why, source in by_rule.values()
    ]
    return "\n".join(lines[:_MOST])
