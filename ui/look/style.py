"""The style sheet, made from the tokens. What a sheet cannot say (buttons, chips, tiles, key caps) is painted."""

from dataclasses import asdict
from string import Template

from outreach_app.assets import asset
from ui.look.looks import Look

_SHEET = Template("""
* { outline: none; }
QWidget { color: $ink; font-size: ${body}px; }
QMainWindow, QDialog, QWidget[ground="background"] { background: $background; }
QWidget[ground="panel"] { background: $panel; }
QWidget[ground="desk"] { background: $desk; }
QAbstractScrollArea[ground="none"], QWidget[ground="none"] { background: transparent; border: none; }
QWidget[ground="card"] { background: $panel; border: 1px solid $line; border-radius: ${card}px; }
QWidget[ground="card"][chosen="true"] { background: $soft; border: 2px solid $accent; }
QWidget[ground="card"][marked="true"] { border-left: 4px solid $accent; }
QFrame[ground="foot"] { background: $panel; border: none; border-top: 1px solid $line; }
QFrame[ground="side"] { background: $panel; border: none; border-right: 1px solid $line; }
QFrame[ground="message"] { background: $soft; border: 1px solid $accent; border-radius: ${control}px; }
QFrame[ground="message"][kind="waits"] { background: $waits_soft; border-color: $waits; }
QFrame[ground="message"][kind="fault"] { background: $loss_soft; border-color: $loss; }
QFrame[ground="line"] { background: $line; border: none; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="hero"] { font-size: ${hero}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="label"] { font-size: ${small}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { font-size: ${small}px; color: $muted; }
QLabel[role="small"] { font-size: ${small}px; }
QLabel[role="tiny"] { font-size: ${tiny}px; color: $muted; }
QLabel[role="waits"] { font-size: ${small}px; color: $waits; font-weight: 600; }
QLabel[role="fault"] { font-size: ${small}px; color: $loss; font-weight: 600; }

QLabel[role="cap"] {
  font-family: "Noto Sans Mono", "Cascadia Mono", "Consolas", monospace; font-size: ${cap}px; color: $muted;
  border: 1px solid $line; border-radius: ${cap_corner}px; padding: 1px 5px; background: $background;
}
QPushButton[face="primary"] {
  background: $accent; color: $on_accent; border: none; border-radius: ${control}px; padding: 0 16px; font-weight: 600;
}
QPushButton[face="primary"]:hover { background: $accent_deep; }
QPushButton[face="primary"]:focus { border: 2px solid $on_accent; padding: 0 14px; }
QPushButton[face="primary"]:disabled { background: $background; color: $muted; border: 1px solid $line; }
QPushButton[face="link"] {
  background: transparent; color: $muted; border: none; padding: 4px; font-size: ${small}px; text-decoration: underline;
}
QPushButton[face="link"]:hover, QPushButton[face="link"]:focus { color: $accent; }
QPushButton[face="link"]:focus { border: 2px solid $accent; padding: 2px; border-radius: ${cap_corner}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {
  background: $panel; color: $ink; border: 1px solid $field_line; border-radius: ${control}px;
  padding: 1px 11px; font-size: ${field}px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $muted;
}
QPlainTextEdit, QTextEdit { padding: 7px 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus,
QDateTimeEdit:focus { border: 2px solid $accent; padding: 0px 10px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 6px 6px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $background; border-color: $line; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $background; color: $muted; border-color: $line; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $loss; }

QCheckBox, QRadioButton { spacing: 8px; min-height: ${control_height}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
  width: ${icon}px; height: ${icon}px; border: 1px solid $field_line; background: $panel;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${half_icon}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { background: $accent; border: 4px solid $panel; }
QCheckBox:focus, QRadioButton:focus { color: $accent; text-decoration: underline; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; }

QTableView, QListView, QTreeView {
  background: $panel; border: none; color: $ink; gridline-color: $line; alternate-background-color: $panel;
  selection-background-color: $soft; selection-color: $ink; font-size: ${body}px;
}
QTableView, QPdfView { border: 2px solid transparent; border-radius: ${control}px; }
QTableView:focus, QPdfView:focus { border-color: $accent; }
QTableView::item, QListView::item { padding: 0 12px; border: none; border-bottom: 1px solid $line; }
QTableView::item:selected, QListView::item:selected { background: $soft; color: $ink; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
  background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 0 15px;
  font-size: ${small}px; font-weight: 600; text-align: left;
}
QHeaderView::section:hover { color: $ink; }
QTableCornerButton::section { background: $panel; border: none; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $field_line; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $soft; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QMenu { background: $panel; border: 1px solid $line; border-radius: ${control}px; padding: 6px; }
QMenu::item { padding: 8px 24px 8px 12px; border-radius: 6px; min-height: ${line_height}px; }
QMenu::item:selected { background: $soft; color: $accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 6px; }
QToolTip { background: $panel; color: $ink; border: 1px solid $field_line; padding: 4px 8px; font-size: ${small}px; }

QComboBox {
  background: $panel; border: 1px solid $line; border-radius: ${pill}px; padding: 0 14px; min-height: ${pill_height}px;
  font-size: ${small}px; margin: ${pill_margin}px 0;
}
QComboBox:hover { background: $soft; }
QComboBox:focus { border: 2px solid $accent; padding: 0 13px; min-height: ${pill_inner}px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
  background: $panel; border: 1px solid $field_line; padding: 6px; selection-background-color: $soft;
  selection-color: $accent;
}
QComboBox QAbstractItemView::item { min-height: ${control_height}px; padding: 0 8px; }
QComboBox QAbstractItemView::item:selected { background: $soft; color: $accent; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; }
QCalendarWidget QToolButton {
  background: $panel; color: $ink; border: none; padding: 4px 10px; font-size: ${body}px; font-weight: 600;
}
QCalendarWidget QToolButton:hover, QCalendarWidget QToolButton:focus { background: $soft; color: $accent; }
QCalendarWidget QTableView { selection-background-color: $accent; selection-color: $on_accent; font-size: ${small}px; }
QCalendarWidget QTableView::item { padding: 0; border: none; }
QCalendarWidget QTableView::item:selected { background: $accent; color: $on_accent; }
QCalendarWidget QAbstractItemView:disabled { color: $muted; }

QTabWidget::pane { border: none; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover, QSplitter::handle:focus { background: $line; }
QMessageBox QPushButton, QDialogButtonBox QPushButton {
  background: $panel; border: 1px solid $line; border-radius: ${control}px; padding: 0 16px;
  min-height: ${control_height}px; min-width: 80px; font-weight: 600;
}
QMessageBox QPushButton:focus, QDialogButtonBox QPushButton:focus { border: 2px solid $accent; }
""")


def style_sheet(look: Look) -> str:
    """The whole style sheet of one look."""
    tokens = look.tokens
    values: dict[str, object] = asdict(look.colours)
    values |= {name: look.px(name) for name in tokens.type}
    values |= {name: look.radius(name) for name in ("control", "card")}
    values["cap_corner"] = look.radius("cap")
    pill = look.height("chip", "small")
    values |= {
        "control_height": look.height("control", "small"),
        "line_height": look.metrics("body").height(),
        "icon": look.icon(),
        "half_icon": look.icon() // 2,
        "pill": pill // 2,
        "pill_height": pill - 2,
        "pill_inner": pill - 4,
        "pill_margin": max(0, (look.size("target") - pill) // 2),
        "tick": asset("styles", f"tick-{look.theme}.svg").as_posix(),
    }
    return _SHEET.substitute(values)
