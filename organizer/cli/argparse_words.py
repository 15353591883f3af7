"""argparse's own words in the language spoken now.

argparse asks gettext for each of its texts, but for the texts of the system's catalogues, which know nothing of
argparse. So it is given ours to ask; a text of another Python version that isn't listed here stays English.
"""

from __future__ import annotations

import argparse

from organizer import i18n
from organizer.i18n import N_

WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)
"""What argparse says in the Python versions that the program runs on, as far as our commands can bring it to."""


def speak() -> None:
    """Have argparse say its words in the language spoken now, from here on."""
    for name, ours in (("_", i18n._), ("ngettext", i18n.ngettext)):
        if hasattr(argparse, name):
            setattr(argparse, name, ours)
