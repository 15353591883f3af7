"""Colours that can be read, type that lines up, and a look that follows the system."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import organizer.ui
from organizer.resource_files import resource
from organizer.ui import icons, stylesheet, theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Badge, Label, OneLine

UI = Path(organizer.ui.__file__).parent
SCHEMES = {"light": theme.LIGHT, "dark": theme.DARK}


@pytest.fixture(autouse=True)
def _light_afterwards(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def _luminance(colour: QColor) -> float:
    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "danger", "amber"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "selection", "hover", "amber_soft"])
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_stands_on_strong_colours_can_be_read(scheme: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_accent, colours.accent_hover) >= 4.5
    assert contrast(colours.on_danger, colours.danger) >= 4.5
    assert contrast("#ffffff", colours.tick) >= 3, "the tick in a check box"
    for ground in (colours.window, colours.surface):
        assert contrast(colours.edge, ground) >= 3, "the outline of a field"


def test_light_and_dark_differ_and_reach_qt(qapp: QApplication) -> None:
    for scheme, colours in SCHEMES.items():
        theme.apply(qapp, scheme)
        assert theme.is_dark() is (scheme == "dark")
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(colours.window)
        assert colours.accent in qapp.styleSheet()
        assert qapp.style().name() in ("fusion", "")  # wrapped by the stylesheet
        for name in ("text", "muted", "accent", "danger", "amber", "window", "surface", "raised", "line"):
            assert getattr(theme, name)() == QColor(getattr(colours, name))


def test_the_system_is_followed_while_the_program_runs(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(qapp, "system")
    monkeypatch.setattr(theme, "_system_is_dark", lambda _app: True)
    with qtbot.waitSignal(theme.events().changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark()
    assert theme.DARK.window in qapp.styleSheet()


def test_a_chosen_scheme_ignores_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.apply(qapp, "light")
    monkeypatch.setattr(theme, "_system_is_dark", lambda _app: True)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.is_dark()


def test_an_unknown_scheme_follows_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "_system_is_dark", lambda _app: True)
    theme.apply(qapp, "purple")
    assert theme.is_dark()


def test_our_own_type_is_used_and_figures_line_up(qapp: QApplication) -> None:
    for role in theme.SIZES:
        font = theme.font(role)
        assert QFontInfo(font).family() == theme.FAMILY
        widths = {round(QFontMetricsF(font).horizontalAdvance(digit * 8), 3) for digit in "0123456789"}
        assert len(widths) == 1
    sizes = [theme.font(role).pointSizeF() for role in theme.SIZES]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 5


def test_larger_text_makes_labels_icons_and_buttons_larger(qapp: QApplication, qtbot: QtBot) -> None:
    def measures() -> list[int]:
        things = [Label("Anna", size=role) for role in theme.SIZES] + [button("Anna", icon="plus")]
        for thing in things:
            qtbot.addWidget(thing)
            thing.ensurePolished()
        return [thing.sizeHint().height() for thing in things] + [theme.scaled(100)]

    small = measures()
    assert small[:5] == sorted(small[:5])
    assert small[0] < small[4]
    theme.apply(qapp, "light", 1.25)
    assert all(large > was for large, was in zip(measures(), small, strict=True))


def test_a_label_changes_its_tone_at_once(qtbot: QtBot) -> None:
    label = Label("Anna")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.text()
    theme.set_tone(label, "danger")
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.danger()
    theme.set_tone(label, "")
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.text()


def test_names_are_never_markup(qtbot: QtBot) -> None:
    nasty = "<img src='file:///etc/hostname'><b>Anna</b>"
    for label in (Label(nasty), Badge(nasty), OneLine(nasty)):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText
    line = OneLine(nasty)
    qtbot.addWidget(line)
    line.resize(60, 20)
    line.show()
    qtbot.waitUntil(lambda: line.text().endswith("…"))
    assert "<img" not in line.toolTip()
    assert "&lt;img" in line.toolTip()
    assert line.accessibleName() == nasty


def test_the_stylesheet_uses_every_colour_it_needs_and_no_other() -> None:
    sheet = stylesheet._SHEET.template
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", sheet), "colours come from theme.py"
    with pytest.raises(KeyError):
        stylesheet.generate({"text": "#000000"})


def test_pictures_of_the_stylesheet_exist() -> None:
    named = set(re.findall(r"url\(fixed:([\w-]+\.svg)\)", stylesheet._SHEET.template))
    assert named == {path.name for path in resource("icons", "fixed").glob("*.svg")}


def test_nothing_is_coloured_or_sized_outside_the_theme() -> None:
    own = re.compile(
        r"#[0-9a-fA-F]{6}\b|QColor\(\s*[\"'\d]|setStyleSheet|setPointSize|setPixelSize|Qt\.GlobalColor\.(?!t)"
    )
    for path in UI.rglob("*.py"):
        if path.name not in ("theme.py", "stylesheet.py"):
            found = own.findall(path.read_text("utf-8"))
            assert not found, f"{path.relative_to(UI)} has a look of its own: {found}"


# icons


def _near(one: QColor, other: QColor) -> bool:
    """The same but for what drawing rounds."""
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return all(abs(a - b) <= 3 for a, b in pairs)


def _names_in_code() -> set[str]:
    words = set()
    for path in UI.rglob("*.py"):
        words |= set(re.findall(r"\"([a-z0-9-]+)\"", path.read_text("utf-8")))
    return words


def test_only_the_icons_that_are_used_come_along() -> None:
    shipped = {path.stem for path in resource("icons").glob("*.svg")}
    assert shipped <= _names_in_code()


def test_every_icon_is_drawn_in_each_scheme_mode_and_sharpness(qapp: QApplication) -> None:
    for scheme in SCHEMES:
        theme.apply(qapp, scheme)
        for path in resource("icons").glob("*.svg"):
            picture = icons.pixmap(path.stem, 24, theme.danger(), 2.0)
            assert picture.width() == 48
            assert picture.devicePixelRatio() == 2.0
            image = picture.toImage()
            inked = [
                image.pixelColor(x, y)
                for x in range(48)
                for y in range(48)
                if image.pixelColor(x, y).alpha() == 255
            ]
            assert inked, path.stem
            assert all(_near(ink, theme.danger()) for ink in inked), path.stem


def test_an_icon_changes_with_the_scheme_and_when_it_cannot_be_used(qapp: QApplication, qtbot: QtBot) -> None:
    made = button("Add", icon="plus")
    qtbot.addWidget(made)

    def ink(mode: QIcon.Mode) -> QColor:
        size = theme.scaled(theme.ICON)
        image = made.icon().pixmap(size, size, mode).toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2)

    assert _near(ink(QIcon.Mode.Normal), QColor(theme.LIGHT.text))
    assert _near(ink(QIcon.Mode.Disabled), QColor(theme.LIGHT.edge))
    theme.apply(qapp, "dark")
    assert _near(ink(QIcon.Mode.Normal), QColor(theme.DARK.text))
    assert _near(ink(QIcon.Mode.Selected), QColor(theme.DARK.text))
    assert icons.icon("plus") is icons.icon("plus")


def test_an_icon_that_is_not_there_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_a_deleted_button_is_forgotten(qapp: QApplication, qtbot: QtBot) -> None:
    made = button("Add", icon="plus")
    made.deleteLater()
    qtbot.wait(1)
    theme.apply(qapp, "dark")
    assert theme.is_dark()
