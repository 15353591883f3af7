"""Everything as tables that any spreadsheet opens and `everything_read` reads back to the letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import Path

from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.estimate import Kept
from organizer.domain.everything import Everything
from organizer.domain.money import Money, minor_digits, volume_amount
from organizer.domain.product import Product, Section
from organizer.exchange import everything_pictures
from organizer.exchange import everything_tables as t
from organizer.exchange.everything_texts import Known, estimate_text, plan_files
from organizer.exchange.everything_ties import TIES, Tie
from organizer.exchange.reading import IsCancelled, Progress, watch
from organizer.exchange.safe_write import write_safely
from organizer.exchange.strict_table import figure, table_bytes
from organizer.exchange.strict_table import text_cell as text

_TEXTS_TAKE = 0.3  # of the time, at most
_Rows = Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was written, with its checksum; a table's number of rows, the sum of its figures if any."""

    file: str
    rows: int | None
    sum: Decimal | None
    checksum: str


def write_everything(
    everything: Everything,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> list[Written]:
    """Write every table into `folder`, the list of contents last. Raises Refusal, and Cancelled."""
    texts, estimates = _write_texts(everything, folder, progress, cancelled)
    everything = replace(everything, estimates=estimates)
    made: Mapping[str, Callable[[], tuple[Sequence[str], _Rows, int, Decimal | None]]] = {
        t.SETTINGS: lambda: _settings(everything),
        t.COMPANIES: lambda: _companies(everything),
        t.PEOPLE: lambda: _people(everything),
        t.MEMBERS: lambda: _members(everything),
        t.PAST: lambda: _past(everything),
        t.VOLUMES: lambda: _volumes(everything),
        t.PRODUCTS: lambda: _products(everything),
        t.NOTES: lambda: _notes(everything),
        t.ESTIMATES: lambda: _estimates(everything),
        t.ENTRIES: lambda: _entries_of(everything),
        t.STEPS: lambda: _steps(everything),
        t.LAYOUTS: lambda: _layouts(everything),
        t.ADDRESSES: lambda: _addresses(everything),
        **{tie.file: partial(_tied, everything, tie) for tie in TIES},
        t.PICTURES: lambda: _pictures(everything),
    }
    written = []
    for place, name in enumerate(t.TABLES):
        watch(progress, cancelled, _TEXTS_TAKE + (1 - _TEXTS_TAKE) * place / len(t.TABLES))
        headings, rows, count, total = made[name]()
        written.append(_written(folder, name, table_bytes(headings, rows), count, total))
    written += texts
    lines = [
        (w.file, "" if w.rows is None else str(w.rows), "" if w.sum is None else figure(w.sum), w.checksum)
        for w in written
    ]
    write_safely(folder / t.CONTENTS, table_bytes(t.CONTENTS_HEADINGS, lines))
    watch(progress, cancelled, 1.0)
    return written


def _written(
    folder: Path, name: str, data: bytes, rows: int | None = None, total: Decimal | None = None
) -> Written:
    write_safely(folder / name, data)
    return Written(name, rows, total, sha256(data).hexdigest())


def _write_texts(
    everything: Everything, folder: Path, progress: Progress | None, cancelled: IsCancelled | None
) -> tuple[list[Written], list[Kept]]:
    """Write plans and what estimates were made from; the estimates without that, which may be long."""
    written: list[Written] = []
    plain: list[Kept] = []
    known = Known(everything.people, everything.members)
    for inner, there in ((t.PLANS_FOLDER, everything.plans), (t.ESTIMATES_FOLDER, everything.estimates)):
        if there:
            (folder / inner).mkdir()
    if everything.pictures:
        (folder / t.PICTURES_FOLDER).mkdir()
    for name, one in everything_pictures.files(everything.pictures):
        written.append(_written(folder, name, one.picture.data))
    for name, data in plan_files(everything.plans):
        written.append(_written(folder, name, data))
    for place, kept in enumerate(everything.estimates):
        watch(progress, cancelled, _TEXTS_TAKE * place / len(everything.estimates))
        name = t.estimate_file(kept.company_id, kept.period)
        written.append(_written(folder, name, estimate_text(kept, known)))
        plain.append(replace(kept, made_from="", carried=""))
    return written, plain


def _settings(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    rows = [("format", str(t.FORMAT)), ("owner", str(everything.owner or ""))]
    rows += [(text(name), text(value)) for name, value in everything.settings]
    return t.SETTINGS_HEADINGS, rows, len(rows), None


def _companies(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    rows = [(str(c.id), text(c.name), text(c.plan_id), text(c.currency)) for c in everything.companies]
    return t.COMPANIES_HEADINGS, rows, len(rows), None


def _people(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    people = everything.people
    phones = max((len(person.phones) for person in people), default=0)
    mails = max((len(person.emails) for person in people), default=0)
    more = (*t.PEOPLE_MORE, t.EXTRA, t.ADDED, t.EXPIRES)
    headings = (*t.PEOPLE_HEADINGS, *more, *_numbered("Phone", phones), *_numbered("E-mail", mails))
    return headings, (_person(person, phones, mails) for person in people), len(people), None


def _numbered(kind: str, count: int) -> list[str]:
    return [heading for n in range(1, count + 1) for heading in (f"{kind} {n}", f"{kind} {n} - Kind")]


def _person(person: Contact, phones: int, mails: int) -> list[str]:
    return [
        str(person.id),
        "yes" if person.listed else "no",
        *(text(getattr(person, name)) for name in t.PEOPLE_TEXTS.values()),
        ", ".join(role.value for role in Role if role in person.roles),
        # a tag is one line, so lines part them surely
        text("\n".join(person.tags)),
        *(text(getattr(person, name)) for name in t.PEOPLE_MORE.values()),
        *(text("\n".join(person.extra)), _day(person.added), _day(person.expires)),
        *_entries(person.phones, phones),
        *_entries(person.emails, mails),
    ]


def _entries(entries: Sequence[Labelled], count: int) -> list[str]:
    cells = [cell for entry in entries for cell in (text(entry.value), text(entry.label))]
    return cells + ["", ""] * (count - len(entries))


def _members(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    names = {person.id: text(person.name) for person in everything.people}
    of_company = {company.id: text(company.name) for company in everything.companies}
    rows = (
        (
            *(str(m.id), str(m.company_id), str(m.person_id), text(m.number)),
            *(
                str(m.sponsor_id or ""),
                str(m.placement_id or ""),
                m.kind.value,
                text(m.rank),
                text(m.highest_rank),
            ),
            *(_day(m.joined), _day(m.last_order), text(m.above), "yes" if m.is_self else "no", m.leg),
            *(_day(m.since), names[m.person_id], of_company[m.company_id]),
        )
        for m in everything.members
    )
    return (*t.MEMBERS_HEADINGS, t.LEG, t.SINCE, "(Name)", "(Company)"), rows, len(everything.members), None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _past(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    people = {person.id: text(person.name) for person in everything.people}
    names = {member.id: people[member.person_id] for member in everything.members}
    rows = (
        (
            *(str(p.member_id), _day(p.until), str(p.sponsor_id or ""), str(p.placement_id or "")),
            *(p.leg, p.kind.value, text(p.rank), names[p.member_id]),
        )
        for p in everything.past
    )
    return (*t.PAST_HEADINGS, "(Name)"), rows, len(everything.past), None


def _entries_of(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    names = {person.id: text(person.name) for person in everything.people}
    rows = (
        (str(e.person_id), _day(e.day), e.kind.value, text(e.body), names[e.person_id]) for e in everything.entries
    )
    return (*t.ENTRIES_HEADINGS, "(Name)"), rows, len(everything.entries), None


def _steps(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    names = {0: "", **{person.id: text(person.name) for person in everything.people}}
    rows = (
        (
            *(str(step.person_id or ""), _day(step.due), text(step.body), _day(step.done)),
            *(step.channel or "", step.purpose.value, step.outcome.value, text(step.plan), str(step.run or "")),
            names[step.person_id or 0],
        )
        for step in everything.steps
    )
    return (*t.STEPS_HEADINGS, *t.STEPS_MORE, "(Name)"), rows, len(everything.steps), None


def _addresses(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    rows = [
        (
            *(str(person.id), text(one.street), text(one.postal_code), text(one.city), text(one.country)),
            *(text(one.label), text(person.name)),
        )
        for person in everything.people
        for one in person.more_addresses
    ]
    return (*t.ADDRESSES_HEADINGS, "(Name)"), rows, len(rows), None


def _tied(everything: Everything, tie: Tie) -> tuple[Sequence[str], _Rows, int, None]:
    records = getattr(everything, tie.field)
    rows = map(tie.write, records)
    if not tie.person:
        return tie.headings, rows, len(records), None
    names = {person.id: text(person.name) for person in everything.people}
    named = ((*tie.write(one), names[one.person_id]) for one in records)
    return (*tie.headings, "(Name)"), named, len(records), None


def _pictures(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    rows = [everything_pictures.row(name, one) for name, one in everything_pictures.files(everything.pictures)]
    return everything_pictures.HEADINGS, rows, len(rows), None


def _layouts(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    of_company = {company.id: text(company.name) for company in everything.companies}
    rows = (
        (str(one.company_id), text(one.headings), text(one.mapping), of_company[one.company_id])
        for one in everything.layouts
    )
    return (*t.LAYOUTS_HEADINGS, "(Company)"), rows, len(everything.layouts), None


def _volumes(everything: Everything) -> tuple[Sequence[str], _Rows, int, Decimal]:
    people = {person.id: text(person.name) for person in everything.people}
    names = {member.id: people[member.person_id] for member in everything.members}
    rows = (
        (str(v.member_id), v.period, text(v.name), figure(volume_amount(v.amount)), names[v.member_id])
        for v in everything.volumes
    )
    total = volume_amount(sum(volume.amount for volume in everything.volumes))
    return (*t.VOLUMES_HEADINGS, "(Name)"), rows, len(everything.volumes), total


def _products(everything: Everything) -> tuple[Sequence[str], _Rows, int, Decimal]:
    currencies = {company.id: company.currency for company in everything.companies}
    of_company = {company.id: text(company.name) for company in everything.companies}
    rows = (
        (*_product(product, currencies[product.company_id]), of_company[product.company_id])
        for product in everything.products
    )
    return (*t.PRODUCTS_HEADINGS, "(Company)"), rows, len(everything.products), price_sum(everything)


def price_sum(everything: Everything) -> Decimal:
    """All products' prices in whole units, added up whatever their currency: a figure to check by."""
    currencies = {company.id: company.currency for company in everything.companies}
    priced = ((p.price, currencies.get(p.company_id, "")) for p in everything.products if p.price is not None)
    return sum((Money(minor, currency).amount for minor, currency in priced), Decimal(0))


def _product(product: Product, currency: str) -> list[str]:
    return [
        *(str(product.id), str(product.company_id)),
        *(text(product.number), text(product.name), text(product.category)),
        *(_money(amount, currency) for amount in (product.price, product.cost)),
        *("" if amount is None else figure(volume_amount(amount)) for amount in (product.pv, product.cv)),
        "" if product.lasts_days is None else str(product.lasts_days),
    ]


def _money(minor: int | None, currency: str) -> str:
    return "" if minor is None else figure(Decimal(minor).scaleb(-minor_digits(currency)))


def _estimates(everything: Everything) -> tuple[Sequence[str], _Rows, int, Decimal]:
    of_company = {company.id: text(company.name) for company in everything.companies}
    rows = (
        (
            *(str(kept.company_id), text(kept.period), text(kept.made_at), text(kept.plan_id)),
            *(text(kept.plan_version), text(kept.currency), _money(kept.total, kept.currency)),
            *(of_company[kept.company_id], t.estimate_file(kept.company_id, kept.period)),
        )
        for kept in everything.estimates
    )
    headings = (*t.ESTIMATES_HEADINGS, "(Company)", "(File)")
    return headings, rows, len(everything.estimates), estimate_sum(everything)


def estimate_sum(everything: Everything) -> Decimal:
    """All kept estimates' totals in whole units, added up whatever their currency: a figure to check by."""
    return sum((Money(kept.total, kept.currency).amount for kept in everything.estimates), Decimal(0))


def _notes(everything: Everything) -> tuple[Sequence[str], _Rows, int, None]:
    rows = [
        (str(product.id), section.value, text(product.notes[section]), text(product.name))
        for product in everything.products
        for section in Section
        if section in product.notes
    ]
    return (*t.NOTES_HEADINGS, "(Product)"), rows, len(rows), None
