"""What one computer remembers about the program itself; everything that matters lives in the database."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

_SCHEMES = ("system", "light", "dark")


class Preferences:
    """Language, colours, the last file and the window's place, in an INI file in the user's own folder."""

    def __init__(self, path: Path | None = None) -> None:
        """Read `path`; without it, organizer.ini in the user's configuration folder."""
        path = path or platformdirs.user_config_path("organizer", appauthor=False) / "organizer.ini"
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """ "da" or "en"; "" follows the system."""
        return self._text("language")

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def scheme(self) -> str:
        """ "system", "light" or "dark"."""
        scheme = self._text("scheme")
        return scheme if scheme in _SCHEMES else "system"

    @scheme.setter
    def scheme(self, scheme: str) -> None:
        self._settings.setValue("scheme", scheme)

    @property
    def last_file(self) -> Path | None:
        """The file that was open last, None before there was one."""
        text = self._text("last_file")
        return Path(text) if text else None

    @last_file.setter
    def last_file(self, path: Path | None) -> None:
        self._settings.setValue("last_file", str(path) if path else "")

    @property
    def geometry(self) -> bytes:
        """Where the window stood, as QWidget.saveGeometry gives it; empty at first."""
        return self._bytes("geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray | bytes) -> None:
        self._settings.setValue("geometry", QByteArray(geometry))

    @property
    def state(self) -> bytes:
        """How the window was divided, as QMainWindow.saveState gives it; empty at first."""
        return self._bytes("state")

    @state.setter
    def state(self, state: QByteArray | bytes) -> None:
        self._settings.setValue("state", QByteArray(state))

    @property
    def text_scale(self) -> float:
        """How large the text is: 1.25 is a quarter larger."""
        try:
            return min(max(float(self._text("text_scale") or 1), 0.75), 2.0)
        except ValueError:
            return 1.0

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        self._settings.setValue("text_scale", str(scale))

    @property
    def recent(self) -> list[Path]:
        """The files that were open, latest first."""
        return [Path(line) for line in self._text("recent").split("\n") if line]

    @recent.setter
    def recent(self, paths: list[Path]) -> None:
        self._settings.setValue("recent", "\n".join(str(path) for path in paths))

    @property
    def pin_failures(self) -> int:
        """How many wrong PINs were typed in a row on this computer."""
        text = self._text("pin_failures")
        return int(text) if text.isdecimal() else 0

    @pin_failures.setter
    def pin_failures(self, count: int) -> None:
        self._settings.setValue("pin_failures", str(count))

    @property
    def pin_failed_at(self) -> float:
        """When the last wrong PIN was typed, in seconds since 1970."""
        try:
            return float(self._text("pin_failed_at") or 0)
        except ValueError:
            return 0.0

    @pin_failed_at.setter
    def pin_failed_at(self, at: float) -> None:
        self._settings.setValue("pin_failed_at", str(at))

    @property
    def hushed(self) -> list[Path]:
        """The conflict copies that she doesn't want to hear of again."""
        return [Path(line) for line in self._text("hushed").split("\n") if line]

    @hushed.setter
    def hushed(self, paths: list[Path]) -> None:
        self._settings.setValue("hushed", "\n".join(str(path) for path in paths))

    @property
    def chart_names(self) -> bool:
        """Whether the drawn team chart shows names."""
        return self._text("chart_names") != "no"

    @chart_names.setter
    def chart_names(self, shown: bool) -> None:
        self._settings.setValue("chart_names", "yes" if shown else "no")

    @property
    def chart_overview(self) -> bool:
        """Whether the drawn team chart shows its overview map."""
        return self._text("chart_overview") != "no"

    @chart_overview.setter
    def chart_overview(self, shown: bool) -> None:
        self._settings.setValue("chart_overview", "yes" if shown else "no")

    def save(self) -> None:
        """Write to disk now; Qt does so by itself soon after a change and at the end."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> bytes:
        value = self._settings.value(key, QByteArray())
        return bytes(value.data()) if isinstance(value, QByteArray) else b""
