"""What a contact file of any kind gives: people, some with a picture."""

from __future__ import annotations

from dataclasses import dataclass

from organizer.domain.contact import Contact
from organizer.domain.picture import Picture
from organizer.exchange.reading import Reading


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a file tells her, and her picture where it holds one."""

    contact: Contact
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class CardReading(Reading[Card]):
    """The people of a file. In an address book of vCards, a row is the line that the card begins on."""
