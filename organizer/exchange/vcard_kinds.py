"""Kinds of phones, e-mails and addresses as vCards write them, and as a person reads them."""

from __future__ import annotations

from functools import lru_cache

from organizer.domain.contact import single_line

KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "TEL": {
        "Mobile": ("CELL",),
        "Home": ("HOME",),
        "Work": ("WORK",),
        "Work mobile": ("WORK", "CELL"),
        "Home fax": ("HOME", "FAX"),
        "Work fax": ("WORK", "FAX"),
        "Fax": ("FAX",),
        "Pager": ("PAGER",),
        "Car": ("CAR",),
        "Main": ("MAIN",),
        "iPhone": ("IPHONE",),
        "Other": ("OTHER",),
    },
    "EMAIL": {"Home": ("HOME",), "Work": ("WORK",), "Mobile": ("CELL",), "Other": ("OTHER",)},
    "ADR": {"Home": ("HOME",), "Work": ("WORK",), "Other": ("OTHER",)},
}
"""For each property that has kinds, the words that the program shows and the types they are in a vCard."""

_DANISH = {"mobil": "Mobile", "hjem": "Home", "arbejde": "Work"}
_OTHER_WORDS = {"MOBILE": "CELL", "PCS": "CELL", "IPHONE": "IPHONE", "BUSINESS": "WORK"}
_SAY_NOTHING = frozenset(
    (
        *("PREF", "VOICE", "INTERNET", "MSG", "TEXT", "VIDEO", "TEXTPHONE", "BBS", "MODEM", "ISDN", "X400", "SMS"),
        *("DOM", "INTL", "POSTAL", "PARCEL", "NONE", "AOL", "APPLELINK", "ATTMAIL", "CIS", "EWORLD", "IBMMAIL"),
        *("MCIMAIL", "POWERSHARE", "PRODIGY", "TLX"),
    )
)
_WORDS = {what: {frozenset(types): word for word, types in kinds.items()} for what, kinds in KINDS.items()}

_APPLE = "_$!<"
_APPLES_OWN = frozenset(
    (
        *("Mobile", "Home", "Work", "Other", "Main", "HomeFAX", "WorkFAX", "OtherFAX", "Pager", "HomePage"),
        *(
            "Anniversary",
            "Spouse",
            "Partner",
            "Mother",
            "Father",
            "Parent",
            "Brother",
            "Sister",
            "Child",
            "Friend",
        ),
        *("Assistant", "Manager", "School"),
    )
)


@lru_cache(maxsize=1_000)
def word_of(what: str, types: tuple[str, ...]) -> str:
    """The kind that `types` say of a TEL, EMAIL or ADR: ("CELL", "VOICE") are "Mobile"; empty for none.

    A type of nobody's list is her own word: "X-Sommerhus" is "Sommerhus".
    """
    words = _WORDS.get(what, {})
    told = [one for one in types if one.upper() not in _SAY_NOTHING]
    known = frozenset(_OTHER_WORDS.get(one.upper(), one.upper()) for one in told)
    if known in words:
        return words[known]
    for fewer, word in words.items():
        if len(fewer) > 1 and fewer <= known:
            return word
    own = next((one[2:] for one in told if one[:2].upper() == "X-" and len(one) > 2), "")
    if own:
        return single_line(own)
    return next((words[one] for one in map(frozenset, ([name] for name in known)) if one in words), "")


def types_of(what: str, word: str) -> tuple[str, ...]:
    """The types that a kind is in a vCard; none for her own words. The Danish words are known too."""
    kinds = KINDS[what]
    return kinds.get(word) or kinds.get(_DANISH.get(word.casefold(), ""), ())


def shown_label(text: str) -> str:
    """A label without the marks of Apple's own: "_$!<Mobile>!$_" is "Mobile"."""
    text = single_line(text)
    if text.startswith(_APPLE) and text.endswith(">!$_"):
        return text[len(_APPLE) : -4].strip()
    return text


def apples_label(word: str) -> str:
    """The label as an Apple address book writes it, so that it shows its own in the reader's language."""
    is_marked = word in _APPLES_OWN or word.startswith(_APPLE)
    return f"{_APPLE}{word}>!$_" if is_marked else word
