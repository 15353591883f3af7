"""What goes with what, and who likes it. Each is one deed."""

from __future__ import annotations

from organizer.domain.contact import fold, sort_key
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.storage import File, contacts, product_ties, products

_SHOWN = 12


def goes_with(file: File, product_id: int) -> list[tuple[int, str]]:
    """The products that go well with this one: id and name, as Danes sort."""
    named = ((id_, products.name_of(file, id_) or "") for id_ in product_ties.linked(file, product_id))
    return sorted(named, key=lambda one: sort_key(one[1]))


def likers(file: File, product_id: int) -> list[tuple[int, str]]:
    """Who likes this product: id and name, as Danes sort."""
    people = contacts.get(file, product_ties.likers(file, product_id))
    return sorted(((person.id, person.name) for person in people), key=lambda one: sort_key(one[1]))


def find(file: File, product_id: int, text: str) -> list[tuple[int, str]]:
    """Which other products of the same company could be meant by what is typed so far: id, number and name."""
    words = fold(text).split()
    company = products.company_of(file, product_id)
    if not words or company is None:
        return []
    named = [(one.id, f"{one.number} {one.name}") for one in products.everyone(file, company)]
    hits = [(id_, name) for id_, name in named if id_ != product_id and all(word in fold(name) for word in words)]
    return hits[:_SHOWN]


def tie(file: File, product_id: int, other_id: int) -> None:
    """Note that two products go together. Raises FieldRefusal ("other"), or Refusal where one is gone."""
    name = _name(file, product_id)
    _name(file, other_id)
    if other_id == product_id or other_id in product_ties.linked(file, product_id):
        raise FieldRefusal("other", Message("This is noted already."))
    with file.deed("product.tie", name):
        product_ties.tie(file, [(product_id, other_id)])


def untie(file: File, product_id: int, other_id: int) -> None:
    """Two products don't go together any more. Raises Refusal where the first is gone."""
    with file.deed("product.untie", _name(file, product_id)):
        product_ties.untie(file, product_id, other_id)


def like(file: File, product_id: int, person_id: int) -> None:
    """Note that a person likes a product. Raises FieldRefusal ("other"), or Refusal where one of them is gone."""
    name = _name(file, product_id)
    if not contacts.get(file, person_id):
        raise Refusal(Message("This person is gone. Nothing was changed."))
    if person_id in product_ties.likers(file, product_id):
        raise FieldRefusal("other", Message("This is noted already."))
    with file.deed("product.like", name):
        product_ties.like(file, [(product_id, person_id)])


def unlike(file: File, product_id: int, person_id: int) -> None:
    """A person likes a product no more. Raises Refusal where the product is gone."""
    with file.deed("product.unlike", _name(file, product_id)):
        product_ties.unlike(file, product_id, person_id)


def _name(file: File, product_id: int) -> str:
    name = products.name_of(file, product_id)
    if name is None:
        raise Refusal(Message("This product is gone. Nothing was changed."))
    return name
