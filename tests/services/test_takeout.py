"""Everything out into a folder, and in again: the same counts, sums and contents, or a clear no."""

import csv
import os
import shutil
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from takeout_support import clock, contents, sample_folder

from organizer.domain.company import Company
from organizer.domain.consent import Basis, Channel, Consent, Purpose, SaidNo, Topic
from organizer.domain.contact import MAX_TEXT, Address, Contact, Labelled, Role, cleaned, single_line
from organizer.domain.everything import Everything, Like, Link, Pictured, Suppressed, Text, Volume
from organizer.domain.period import Period
from organizer.domain.picture import Picture
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.relation import Relation, RelationKind
from organizer.domain.result import Cancelled, FieldRefusal, Refusal
from organizer.domain.team import Kind, Member, Past
from organizer.domain.timeline import Entry, EntryKind, FileLayout, FollowUp, Outcome
from organizer.services import (
    companies,
    contacts,
    earnings,
    estimates,
    files,
    plans,
    products,
    samples,
    takeout,
    team,
)
from organizer.services.jobs import Silent
from organizer.storage import File
from organizer.storage import everything as stored
from organizer.storage import pictures as stored_pictures
from organizer.storage import team as stored_team
from organizer.whole_file import write_whole


@pytest.fixture
def empty(tmp_path):
    made = files.create(tmp_path / "b.organizer", clock)
    yield made
    made.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    return sample_folder(tmp_path_factory.mktemp("sample"))


# --- out


def test_the_folder_can_be_read_without_the_program(file, company, tmp_path):
    anna = Contact(first_name="Anna", last_name="Bø", birthday="1962-02-15", notes="=1+1\nlinje", tags=("a", "b"))
    contacts.add(file, replace(anna, phones=(Labelled("+45 12 34 56 78", "Mobile"),)))
    picture = Picture("image/png", b"not drawn, kept as it is")
    with file.deed("x"):
        stored_pictures.set_of_person(file, contacts.rows(file)[0].id, picture)
    product = Product(company_id=company.id, number="7", name="Skål", price=17950, notes={Section.SHOW: "Vis"})
    products.add(file, product)
    (own,) = stored_team.members(file, company.id)
    team.set_volume(file, own.id, Period.parse("2026-10"), "pv", 98450)
    taken = takeout.take_out(file, tmp_path).now()
    assert taken.folder == tmp_path / "a 2026-11-23"
    assert taken.counts["contacts"] == 1
    assert b64encode(picture.data) in (taken.folder / "contacts.vcf").read_bytes().replace(b"\r\n ", b"")
    assert taken.sums == {
        "volumes.csv": Decimal("98.45"),
        "products.csv": Decimal("179.50"),
        "estimates.csv": Decimal(0),
    }
    there = sorted(str(path.relative_to(taken.folder)) for path in taken.folder.rglob("*") if path.is_file())
    assert there == sorted(taken.files)
    assert [name for name in taken.files if name.startswith("pdf/")] == [
        "pdf/Contacts.pdf",
        "pdf/Team overview 2026-10 Vita.pdf",
        "pdf/Products Vita.pdf",
        "pdf/Estimate 2026-10 Vita.pdf",
    ]
    assert all((taken.folder / name).read_bytes().startswith(b"%PDF-") for name in taken.files if "pdf/" in name)
    readme = (taken.folder / "README.txt").read_bytes().decode("utf-8-sig")
    assert all(name in readme for name in taken.files)
    assert "NOT encrypted" in readme
    assert "Contacts: 1\r\n" in readme
    assert "Sum of all volumes: 98.45\r\n" in readme
    assert "backups" in readme
    with (taken.folder / "tables" / "contacts.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter=";"))
    assert rows[1]["Notes"] == "'=1+1\nlinje"
    assert rows[1]["Phone 1"] == "'+45 12 34 56 78"
    assert rows[1]["Tags"] == "a\nb"


def test_no_cell_is_a_formula(file, company, tmp_path):
    evil = ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1"]
    for number, text in enumerate(evil):
        contacts.add(file, Contact(first_name=text, last_name=text, notes=text, emails=(Labelled(text, text),)))
        products.add(file, Product(company_id=company.id, number=f"{text}{number}", name=text))
    companies.add(file, "=cmd()")
    taken = takeout.take_out(file, tmp_path).now()
    for path in (taken.folder / "tables").iterdir():
        for row in csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], path.name


def test_company_names_are_no_paths(file, company, tmp_path):
    names = ["../../etc/passwd", "CON", 'a/b\\c:d*?"<>|', "\u202egnp.exe", "Ø" * 200, "vita", "...", "\x00\n"]
    for name in names[:-1]:
        companies.add(file, name)
    taken = takeout.take_out(file, tmp_path).now()
    pdfs = [name for name in taken.files if name.startswith("pdf/")]
    assert len(pdfs) == len({name.casefold() for name in pdfs}) == len(names)
    assert all((taken.folder / name).is_file() for name in pdfs)
    assert all(name.count("/") == 1 and len(name.encode()) < 200 for name in pdfs)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [taken.folder.name]


def test_an_empty_file_gives_a_folder_that_comes_in_again(empty, tmp_path):
    taken = takeout.take_out(empty, tmp_path).now()
    found = takeout.read_taken_out(taken.folder).now()
    assert found.problems == []
    assert not any(found.everything.counts.values())


def test_a_second_folder_of_the_same_day_gets_a_number(file, tmp_path):
    first = takeout.take_out(file, tmp_path).now().folder
    second = takeout.take_out(file, tmp_path).now().folder
    assert (first.name, second.name) == ("a 2026-11-23", "a 2026-11-23 2")


@pytest.mark.parametrize("stop", range(0, 60, 4))
def test_stopped_it_leaves_nothing(file, tmp_path, stop):
    class Stopping(Silent):
        asked = 0

        def cancelled(self) -> bool:
            self.asked += 1
            return self.asked > stop

    place = tmp_path / "out"
    place.mkdir()
    stopping = Stopping()
    try:
        taken = takeout.take_out(file, place).work(stopping)
    except Cancelled:
        assert list(place.iterdir()) == []
    else:
        assert list(place.iterdir()) == [taken.folder]
        assert stopping.asked <= stop


def test_what_a_take_out_that_was_killed_has_left_is_swept_away_once_it_is_old(file, tmp_path):
    old, young = tmp_path / ".organizer-old", tmp_path / ".organizer-young"
    for left in (old, young):
        left.mkdir()
        (left / "contacts.vcf").write_text("readable")
    os.utime(old, (0, 0))
    takeout.take_out(file, tmp_path).now()
    assert not old.exists()
    assert young.exists()


def test_a_disk_that_fills_at_any_write_leaves_nothing(file, tmp_path, monkeypatch):
    contacts.add(file, Contact(first_name="Anna", birthday="--01-02"))
    place = tmp_path / "out"
    place.mkdir()
    left = 0

    def filling(path: Path, data: bytes) -> None:
        nonlocal left
        if not left:
            raise OSError(28, "No space left on device")
        left -= 1
        write_whole(path, data)

    monkeypatch.setattr("organizer.exchange.safe_write.write_whole", filling)
    left = 1000
    needed = len(takeout.take_out(file, tmp_path).now().files)
    assert needed == 1000 - left > 10
    for room in range(needed):
        left = room
        with pytest.raises(Refusal, match="disk is full"):
            takeout.take_out(file, place).now()
        assert list(place.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(file, tmp_path):
    with pytest.raises(Refusal, match="Nothing was taken out"):
        takeout.take_out(file, tmp_path / "gone").now()


# --- in again


def unsalted(told: dict) -> dict:
    """Without what another file makes otherwise: the salt, and what is made with it."""
    texts = [
        "a digest" if isinstance(one, Suppressed) else one
        for one in told["texts"]
        if getattr(one, "name", "") != "suppression salt"
    ]
    return {**told, "texts": texts}


def test_the_sample_comes_in_again_the_same(sample, empty, tmp_path):
    source = files.create(tmp_path / "c.organizer", clock)
    samples.fill(source)
    found = takeout.read_taken_out(sample).now()
    assert (found.problems, found.changed, found.folder) == ([], [], sample.name)
    takeout.take_in(empty, found)
    assert unsalted(contents(empty)) == unsalted(contents(source))
    again = takeout.take_out(empty, tmp_path).now()
    before = {line.split(":")[0]: line for line in _figures(sample)}
    assert {line.split(":")[0]: line for line in _figures(again.folder)} == before
    assert len(before) >= 10
    assert files.deed_name(files.deeds(empty)[0]) == f"Bring everything in from {sample.name}"
    source.close()


def _figures(folder: Path) -> list[str]:
    text = (folder / "README.txt").read_text("utf-8-sig")
    return text.partition("Counts and sums")[2].partition("How the tables")[0].split("\n")[3:]


def test_undo_gives_the_empty_file_back_and_redo_all_of_it(sample, empty):
    files.rename_owner(empty, "Lone")
    before = contents(empty)
    takeout.take_in(empty, takeout.read_taken_out(sample).now())
    after = contents(empty)
    assert files.owner(empty).name == "Karen Vestergaard"
    files.undo(empty)
    assert contents(empty) == before
    assert files.owner(empty).name == "Lone"
    files.redo(empty)
    assert contents(empty) == after


def test_bringing_in_adds_no_second_owner(sample, empty):
    files.rename_owner(empty, "Lone")
    found = takeout.read_taken_out(sample).now()
    takeout.take_in(empty, found)
    assert stored.read(empty).counts == found.everything.counts
    company = companies.everyone(empty)[0]
    assert files.member_of_owner(empty, company.id) is not None


def test_a_file_with_something_in_it_says_what_and_stays(sample, file):
    before = contents(file)
    with pytest.raises(Refusal, match="companies: 1, people: 0, team members: 1, products: 0"):
        takeout.take_in(file, takeout.read_taken_out(sample).now())
    assert contents(file) == before


def test_a_file_with_a_contact_only_is_not_empty(sample, empty):
    assert takeout.why_not(empty) is None
    files.rename_owner(empty, "Lone")
    assert takeout.why_not(empty) is None
    contacts.add(empty, Contact(first_name="Bo"))
    with pytest.raises(Refusal, match="people: 1"):
        takeout.take_in(empty, takeout.read_taken_out(sample).now())


def test_a_nameless_owner_keeps_the_name_that_was_given(empty, tmp_path):
    source = files.create(tmp_path / "c.organizer", clock)
    companies.add(source, "Vita")
    found = takeout.read_taken_out(takeout.take_out(source, tmp_path).now().folder).now()
    source.close()
    files.rename_owner(empty, "Lone")
    takeout.take_in(empty, found)
    assert files.owner(empty).name == "Lone"
    assert len(stored.read(empty).people) == 1


WORDS = st.one_of(
    st.text(max_size=25),
    st.sampled_from(
        [
            "=cmd()", "+45 12", "-x", "@y", "'=z", "''", "'", '"', 'a;b,"c"\td', "1\n2\r\n3\r4", "\x00\x1b[31m",
            "<b>x</b><img src=x>", "\u202egnp.exe\u202c", "שלום", "مرحبا", "👩‍👧", "e\u0301\u0323", "\ufeffx",
            "Åse Ærø", "x" * 199, "../../x", "(x)", "yes", ";;;", "a\u2028b\u0085c",
        ]
    ),
)  # fmt: skip
NOTES = st.one_of(WORDS, st.lists(WORDS, max_size=4).map("\n".join))
ENTRIES = st.lists(st.builds(Labelled, WORDS, WORDS), max_size=3).map(tuple)
PEOPLE = st.builds(
    Contact,
    first_name=WORDS,
    middle_name=WORDS,
    last_name=WORDS,
    organization=WORDS,
    phones=ENTRIES,
    emails=ENTRIES,
    street=WORDS,
    postal_code=WORDS,
    city=WORDS,
    country=WORDS,
    birthday=st.sampled_from(["", "--02-29", "1962-02-15"]),
    tags=st.lists(WORDS, max_size=3).map(tuple),
    roles=st.frozensets(st.sampled_from(Role)),
    notes=NOTES,
    source=WORDS,
    listed=st.booleans(),
    prefix=WORDS,
    suffix=WORDS,
    nickname=WORDS,
    address_label=WORDS,
    more_addresses=st.lists(st.builds(Address, WORDS, WORDS, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    family=NOTES,
    occupation=NOTES,
    recreation=NOTES,
    message=NOTES,
    extra=st.lists(WORDS, max_size=2).map(tuple),
    added=st.none() | st.dates(),
    expires=st.none() | st.dates(),
)
AMOUNTS = st.none() | st.integers(0, 10**12)
PRODUCTS = st.builds(
    Product,
    number=WORDS,
    name=WORDS,
    category=WORDS,
    price=AMOUNTS,
    cost=AMOUNTS,
    pv=AMOUNTS,
    cv=AMOUNTS,
    lasts_days=st.none() | st.integers(0, 36_500),
    notes=st.dictionaries(st.sampled_from(Section), NOTES),
)
DATES = st.none() | st.dates()
RANKS = st.sampled_from(["", "Leder", "=x"])
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
PERIODS = st.sampled_from(["1999-12", "2026-09", "2026-10"])
# as they are stored: lines of the program's own, and no end that a reader would trim
BODIES = st.lists(WORDS.map(single_line), max_size=3).map("\n".join).map(str.strip)
ENTRIES = st.lists(st.tuples(DAYS, st.sampled_from(EntryKind), BODIES), max_size=3)
STEPS = st.lists(
    st.tuples(
        *(st.none() | DAYS, BODIES, st.none() | DAYS, st.none() | st.sampled_from(Channel)),
        *(st.sampled_from(Purpose), st.sampled_from(Outcome), st.sampled_from(["", "after-a-purchase"])),
        st.integers(0, 9),
    ),
    max_size=3,
)
PICTURES = st.builds(Picture, st.sampled_from(["image/jpeg", "image/png", "=x"]), st.binary(max_size=40))


def sound(clean: Callable[..., object], records: list) -> list:
    kept = []
    for record in records:
        try:
            kept.append(clean(record))
        except FieldRefusal:
            continue
    return kept


def _company_name(text: str) -> str:
    return cleaned(Contact(first_name="x", city=text[: MAX_TEXT // 2])).city


@st.composite
def worlds(draw) -> Everything:
    people = [replace(p, id=n) for n, p in enumerate(sound(cleaned, draw(st.lists(PEOPLE, max_size=6))), 1)]
    every = [
        Company(n, _company_name(f"Vita{n} {draw(WORDS)}"), plan, currency)
        for n, (plan, currency) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(["", "teaching-unilevel", "gone"]),
                                    st.sampled_from(["DKK", "ISK", "EUR"])), max_size=2)), 1)
    ]  # fmt: skip
    members: list[Member] = []
    for company in every if people else ():
        below: list[int] = []
        for number in range(draw(st.integers(0, 5))):
            sponsor = draw(st.sampled_from(below)) if below else None
            members.append(
                Member(
                    id=len(members) + 1,
                    company_id=company.id,
                    person_id=draw(st.sampled_from(people)).id,
                    number=draw(st.sampled_from(["", str(number), f"={number}"])),
                    sponsor_id=sponsor,
                    placement_id=draw(st.none() | st.just(below[0])) if below else None,
                    kind=draw(st.sampled_from(Kind)),
                    rank=draw(st.sampled_from(["", "Leder", "=x"])),
                    joined=draw(DATES),
                    last_order=draw(DATES),
                    above=draw(st.sampled_from(["", "Bodil (1)"])),
                    is_self=not below,
                    leg=draw(st.sampled_from(["", "left", "right", "7"])),
                    since=draw(DATES),
                )
            )
            below.append(len(members))
    volumes: dict[tuple[int, str, str], Volume] = {}
    if members:
        ids = st.integers(1, len(members))
        amounts = st.integers(-(10**12), 10**12)
        for volume in draw(st.lists(st.builds(Volume, ids, PERIODS, st.sampled_from(["pv", "=cv"]), amounts))):
            volumes[volume[:3]] = volume
    found = sound(cleaned_product, draw(st.lists(PRODUCTS, max_size=4))) if every else []
    unique = {p.number: p for p in found}.values()
    return Everything(
        every,
        people,
        members,
        list(volumes.values()),
        [replace(p, id=n, company_id=draw(st.sampled_from(every)).id) for n, p in enumerate(unique, 1)],
        draw(st.sampled_from([0, *(p.id for p in people)])),
        past=draw(pasts(members)),
        entries=[Entry(0, draw(st.sampled_from(people)).id, *e) for e in draw(ENTRIES)] if people else [],
        steps=[FollowUp(0, draw(st.sampled_from([None, *(p.id for p in people)])), *s) for s in draw(STEPS)],
        **(draw(ties([p.id for p in people], len(unique))) if people else {}),
        layouts=[FileLayout(company.id, "id\nname", draw(BODIES)) for company in every],
    )


@st.composite
def ties(draw, people: list[int], products: int) -> dict[str, list]:
    """What hangs on people, and on products, whose ids are here their places from 1."""
    who, what = st.sampled_from(people), st.integers(1, max(products, 1))
    texts = st.dictionaries(WORDS.map(single_line).filter(bool), BODIES, max_size=2)
    wanted = {
        "relations": st.builds(Relation, st.just(0), who, who, st.sampled_from(RelationKind), BODIES),
        "consents": st.builds(
            *(Consent, st.just(0), who, st.sampled_from(Channel), DAYS, BODIES, BODIES, st.sampled_from(Basis)),
            *(st.none() | DAYS, BODIES),
        ),
        "noes": st.builds(SaidNo, st.just(0), who, st.sampled_from(Topic), DAYS, BODIES, st.none() | DAYS, BODIES),
    }
    found = {kind: draw(st.lists(each, max_size=2)) for kind, each in wanted.items()}
    digests = draw(st.sets(st.sampled_from("abc")))
    found["suppressed"] = [Suppressed(one, draw(st.sampled_from(Topic)), draw(DAYS)) for one in sorted(digests)]
    found["lists"] = list(map(Text._make, draw(texts).items()))
    found["follow_up_plans"] = list(map(Text._make, draw(texts).items()))
    found["settings"] = [Text("months to keep", "12")] if draw(st.booleans()) else []
    pictured = [Pictured(id_, 0, replace(draw(PICTURES), caption="")) for id_ in draw(st.sets(who, max_size=2))]
    if products:
        found["likes"] = list(map(Like._make, draw(st.sets(st.tuples(what, who), max_size=3))))
        pairs = draw(st.lists(st.tuples(what, what).map(sorted).filter(lambda pair: pair[0] < pair[1])))
        found["links"] = [Link(*pair) for pair in dict.fromkeys(map(tuple, pairs))]
        number = draw(what)
        pictured += [
            Pictured(0, number, replace(one, caption="Æ =1")) for one in draw(st.lists(PICTURES, max_size=2))
        ]
    found["pictures"] = pictured
    return found


@st.composite
def pasts(draw, members: list[Member]) -> list[Past]:
    """Each stood under any who was there before her in her company."""
    found = []
    for member in members:
        above = [m.id for m in members if m.company_id == member.company_id and m.id < member.id]
        for until in sorted(draw(st.sets(DAYS, max_size=2))):
            sponsor = draw(st.sampled_from(above)) if above else None
            place = sponsor, None, draw(st.sampled_from(["", "left", "2"]))
            found.append(Past(member.id, until, *place, draw(st.sampled_from(Kind)), draw(RANKS)))
    return found


def keep_and_part(file: File, periods: list[str], leaving: list[int]) -> None:
    """Keep estimates of the periods, by a plan of her own too, and let some leave who are in them."""
    if periods:
        plans.save(file, plans.copy_of("teaching-unilevel", file))
    for company in companies.everyone(file):
        for period in periods:
            with suppress(Refusal):
                estimates.keep(file, earnings.prepare(file, company, Period.parse(period)).now())
    there = [member.id for company in companies.everyone(file) for member in stored_team.members(file, company.id)]
    for place in leaving:
        if place < len(there):
            with suppress(Refusal):
                team.remove_member(file, there[place])


@given(world=worlds(), kept=st.lists(PERIODS, max_size=2, unique=True), leaving=st.lists(st.integers(0, 9)))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_a_file_holds_comes_in_again_the_same(tmp_path_factory, world, kept, leaving):
    place = tmp_path_factory.mktemp("round")
    source, target = (files.create(place / f"{name}.organizer", clock) for name in "ab")
    for file in (source, target):
        # speed only: nothing here tests power cuts
        file.connection.exec_driver_sql("PRAGMA synchronous = OFF")
    try:
        with source.deed("sample.load"):
            stored.insert(source, world)
        keep_and_part(source, kept, leaving)
        taken = takeout.take_out(source, place).now()
        found = takeout.read_taken_out(taken.folder).now()
        assert found.problems == []
        assert found.changed == []
        takeout.take_in(target, found)
        assert contents(target) == contents(source)
        assert found.everything.counts == stored.read(source).counts
        if any(found.everything.counts.values()):
            files.undo(target)
        assert takeout.why_not(target) is None
    finally:
        source.close()
        target.close()
        shutil.rmtree(place)


def test_ten_thousand_members_go_out_and_in(empty, tmp_path):
    size = 10_000
    source = files.create(tmp_path / "c.organizer", clock)
    world = Everything(
        companies=[Company(1, "Vita", "", "DKK")],
        people=[Contact(id=n, first_name="Navn", last_name=str(n), listed=n % 2 == 0) for n in range(1, size + 1)],
        members=[
            Member(n, 1, n, str(n), n // 3 or None, is_self=n == 1, joined=datetime(2020, 1, 1 + n % 28).date())
            for n in range(1, size + 1)
        ],
        volumes=[Volume(n, key, "pv", n * 7) for key in ("2026-09", "2026-10") for n in range(1, size + 1)],
        owner=1,
    )
    with source.deed("sample.load"):
        stored.insert(source, world)
    taken = takeout.take_out(source, tmp_path).now()
    takeout.take_in(empty, takeout.read_taken_out(taken.folder).now())
    assert contents(empty) == contents(source)
    source.close()
