"""The stylesheet that turns Qt's Fusion into our look. Colours and type sizes come in from theme.py."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QLabel[type="small"] { font-size: $size_small; }
QLabel[type="heading"] { font-size: $size_heading; font-weight: bold; }
QLabel[type="title"] { font-size: $size_title; font-weight: bold; }
QLabel[type="display"] { font-size: $size_display; font-weight: bold; }
QLabel[strong="true"] { font-weight: bold; }
QLabel[strong="true"] { font-weight: bold; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="amber"] { color: $amber; }
QLabel[badge="true"] { border-radius: 4px; padding: 1px 6px; font-size: $size_small; font-weight: bold; }
QLabel[badge="true"][tone="amber"] { background: $amber_soft; }
QLabel[badge="true"][tone="accent"] { background: $selection; color: $text; }
QLabel[badge="true"][tone="muted"] { background: $raised; }
QLabel[badge="true"][tone="danger"] { border: 1px solid $danger; }
QFrame[hairline="true"] { background: $line; border: none; }
QFrame[notice="true"] { background: $amber_soft; border: none; border-bottom: 1px solid $line; }
QToolBar { border: none; padding: 0; spacing: 0; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 8px; }

QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
  background: $surface; border: 1px solid $edge; border-radius: 6px; padding: 4px 8px;
  selection-background-color: $selection; selection-color: $text; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QComboBox:focus { padding: 4px 7px 2px 7px; } /* less above, and the list that opens would be too short */
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $edge; border-color: $line; }
QLineEdit[readOnly="true"] { background: $window; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $danger; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(fixed:chevron-down.svg); width: 16px; height: 16px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
  border: none; padding: 0; background: transparent; }
QComboBox QAbstractItemView { border: 1px solid $line; background: $surface; padding: 4px; outline: none; }

QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; background: transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url(fixed:chevron-up.svg); width: 14px; height: 14px; }
QAbstractSpinBox::down-arrow { image: url(fixed:chevron-down.svg); width: 14px; height: 14px; }
QCheckBox, QRadioButton { spacing: 6px; padding: 2px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $edge; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 15px; height: 15px; border: 1px solid $edge; border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $tick; border-color: $tick; image: url(fixed:check.svg); }
QRadioButton::indicator:checked { background: $tick; border-color: $tick; image: url(fixed:dot.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $window; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled { background: $edge; }

QPushButton { background: $surface; border: 1px solid $edge; border-radius: 6px; padding: 5px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $raised; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled { color: $edge; border-color: $line; background: $window; }
/* wide enough for the bold letters that the default button gets once it is measured */
QMessageBox QPushButton { padding: 5px 18px; }
QPushButton[kind="primary"], QMessageBox QPushButton:default {
  background: $accent; border-color: $accent; color: $on_accent; font-weight: bold; }
QPushButton[kind="primary"]:hover, QMessageBox QPushButton:default:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus, QMessageBox QPushButton:default:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $raised; border-color: $line; color: $edge; }
QPushButton[kind="danger"] { color: $danger; border-color: $danger; }
QPushButton[kind="danger"]:disabled { color: $edge; border-color: $line; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: $accent;
  padding: 5px 8px; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus { border: 2px solid $accent; padding: 4px 7px; }
QPushButton[kind="flat"]:disabled { color: $edge; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QLineEdit QToolButton, QLineEdit QToolButton:focus { padding: 0; border: none; }

QToolButton[step="true"]::menu-indicator { image: none; }
QToolButton[toggle="true"] { border: 1px solid $edge; padding: 4px 10px; }
QToolButton[toggle="true"]:checked { border-color: $accent; font-weight: bold; }
QToolButton[toggle="true"]:focus { border: 2px solid $accent; padding: 3px 9px; }
QFrame[segments="true"] { background: $raised; border: none; border-radius: 8px; }
QFrame[segments="true"] QToolButton { padding: 4px 12px; }
QFrame[segments="true"] QToolButton:checked { background: $surface; border-color: $edge; }
QFrame[segments="true"] QToolButton:focus { border: 2px solid $accent; padding: 3px 11px; }
QFrame[segments="true"] QToolButton:disabled { color: $edge; }

QFrame[chips="true"] { background: $surface; border: 1px solid $edge; border-radius: 6px; }
QFrame[chips="true"][lit="true"] { border: 2px solid $accent; }
QFrame[chips="true"] QLineEdit, QFrame[chips="true"] QLineEdit:focus { border: none; padding: 1px 2px; }
QFrame[chips="true"] QToolButton { background: $raised; padding: 1px 6px; border-radius: 10px; }
QFrame[chips="true"] QToolButton:focus { background: $selection; padding: 0 5px; }

QFrame[rail="true"] { background: $raised; border: none; border-right: 1px solid $line; }
QFrame[rail="true"] QToolButton { border-radius: 8px; padding: 6px 2px; font-size: $size_small;
  qproperty-toolButtonStyle: ToolButtonTextUnderIcon; qproperty-focusPolicy: StrongFocus; }
QFrame[rail="true"] QToolButton:checked { background: $selection; font-weight: bold; }
QFrame[rail="true"] QToolButton:focus { border: 2px solid $accent; padding: 5px 1px; }

QAbstractItemView { background: $surface; border: 1px solid $line; outline: none;
  selection-background-color: $selection; selection-color: $text; }
QTreeView::item, QListView::item { min-height: $row; padding: 0 6px; }
QTableView::item { padding: 2px 6px; }
QTreeView::item:selected, QTableView::item:selected, QListView::item:selected {
  background: $selection; color: $text; }
QTreeView:focus, QTableView:focus, QListView:focus { border: 1px solid $accent; }
QTreeView::branch:selected { background: $selection; }
QTreeView::branch:has-children:closed { image: url(fixed:chevron-right.svg); }
QTreeView::branch:has-children:open { image: url(fixed:chevron-down.svg); }
QTableView { gridline-color: $line; }
QHeaderView { background: $window; border: none; }
QHeaderView::section { background: $window; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 5px 9px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::down-arrow { image: url(fixed:chevron-down.svg); width: 14px; height: 14px; }
QHeaderView::up-arrow { image: url(fixed:chevron-up.svg); width: 14px; height: 14px; }
QTableCornerButton::section { background: $window; border: none; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[page="true"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QProgressBar { background: $raised; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMenuBar { background: $window; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 3px 6px; }
QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: bold; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $accent; }
QGroupBox { border: none; margin-top: 20px; font-weight: bold; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
""")


def generate(tokens: Mapping[str, str]) -> str:
    """The stylesheet with its colours and sizes filled in; raises KeyError for a token that is missing."""
    return _SHEET.substitute(tokens)
