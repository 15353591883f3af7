"""What she can do by hand with contacts, companies, products and the team, and undo again."""

from dataclasses import replace
from pathlib import Path

import pytest

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.period import Period
from organizer.domain.product import Product, Section
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.team import Member
from organizer.services import companies, contacts, earnings, exports, files, imports, products, team
from organizer.services.preview import Change
from organizer.storage import File

OCTOBER = Period.parse("2026-10")


def member(file: File, company: Company, name: str, under: int | None = None) -> int:
    sponsor = under or files.member_of_owner(file, company.id)
    return team.add_member(
        file, Member(company_id=company.id, sponsor_id=sponsor), Contact(first_name=name, listed=False)
    )


def last_deed(file: File) -> str:
    deed = files.undoable(file)
    return files.deed_name(deed) if deed else ""


def test_a_contact_is_added_edited_deleted_and_all_of_it_undone(file: File) -> None:
    id_ = contacts.add(
        file, Contact(first_name=" Anna ", phones=(Labelled("12 34 56 78", "Mobile"), Labelled(" ")))
    )
    anna = contacts.get(file, id_)
    assert anna is not None
    assert (anna.name, anna.phones) == ("Anna", (Labelled("12 34 56 78", "Mobile"),))
    assert last_deed(file) == "Add contact Anna"
    contacts.save(file, replace(anna, last_name="Lund", birthday="15.02.1962", roles=frozenset({Role.HOST})))
    assert last_deed(file) == "Edit contact Anna Lund"
    contacts.delete(file, [id_])
    assert contacts.rows(file) == []
    for expected in ("Anna Lund", "Anna"):
        files.undo(file)
        assert [row.name for row in contacts.rows(file)] == [expected]


def test_saving_without_a_change_is_no_deed(file: File) -> None:
    id_ = contacts.add(file, Contact(first_name="Anna"))
    anna = contacts.get(file, id_)
    assert anna is not None
    contacts.save(file, anna)
    assert last_deed(file) == "Add contact Anna"


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (Contact(), "name"),
        (Contact(first_name="Anna", birthday="31.02.1990"), "birthday"),
        (Contact(first_name="A" * 201), "first_name"),
        (Contact(first_name="Anna", notes="x" * 20_001), "notes"),
    ],
)
def test_a_contact_that_cannot_be_kept_is_refused_at_its_field(file: File, contact: Contact, field: str) -> None:
    with pytest.raises(FieldRefusal) as refused:
        contacts.add(file, contact)
    assert refused.value.field == field
    assert contacts.rows(file) == []


def test_danish_sorting_and_search_text(file: File) -> None:
    for name in ("Åse", "Zoë", "Ærø", "Anna", "Øjvind", "Aage"):
        contacts.add(file, Contact(first_name=name, phones=(Labelled("+45 12 34 56 78"),)))
    rows = contacts.rows(file)
    assert [row.name for row in rows] == ["Anna", "Zoë", "Ærø", "Øjvind", "Aage", "Åse"]
    assert "12345678" in rows[0].search
    assert "zoe" in rows[1].search


def test_deleting_a_contact_who_stands_in_a_team_keeps_her_place(file: File, company: Company) -> None:
    id_ = member(file, company, "Anna")
    details = team.details(file, id_, OCTOBER)
    assert details is not None
    contacts.show_in_contacts(file, details.contact.id)
    assert [row.name for row in contacts.rows(file)] == ["Anna"]
    assert contacts.delete(file, [details.contact.id]) == 1
    assert contacts.rows(file) == []
    assert "Anna" in team.view(file, company.id, OCTOBER).team.names


def test_a_circle_is_refused_and_says_who_and_why(file: File, company: Company) -> None:
    anna = member(file, company, "Anna")
    bo = member(file, company, "Bo", anna)
    carl = member(file, company, "Carl", bo)
    for placement in (False, True):
        with pytest.raises(Refusal) as refused:
            team.move_member(file, anna, carl, placement)
        assert str(refused.value) == (
            "Anna can't stand under Carl, because Carl stands under Anna: Anna → Carl → Bo → Anna. "
            "Nothing was changed."
        )
    with pytest.raises(Refusal, match="under herself"):
        team.move_member(file, anna, anna)
    with pytest.raises(Refusal, match="not in this team"):
        team.move_member(file, anna, 12345)


def test_moving_takes_everybody_below_along_and_undo_brings_them_back(file: File, company: Company) -> None:
    anna, bo = member(file, company, "Anna"), member(file, company, "Bo")
    carl = member(file, company, "Carl", bo)
    team.set_volume(file, carl, OCTOBER, "pv", 40_000)
    team.move_member(file, bo, anna, period=OCTOBER)
    view = team.view(file, company.id, OCTOBER)
    assert view.group[view.team.ids.index(anna)] == 40_000
    assert last_deed(file) == "Move team member Bo"
    files.undo(file)
    view = team.view(file, company.id, OCTOBER)
    assert view.group[view.team.ids.index(anna)] == 0


def test_nobody_is_removed_who_has_others_below(file: File, company: Company) -> None:
    anna = member(file, company, "Anna")
    bo = member(file, company, "Bo", anna)
    with pytest.raises(Refusal, match="Anna has 1 below her, such as Bo"):
        team.remove_member(file, anna)
    team.remove_member(file, bo)
    team.remove_member(file, anna)
    own = files.member_of_owner(file, company.id)
    with pytest.raises(Refusal, match="remove yourself"):
        team.remove_member(file, own or 0)


def test_two_members_never_have_one_number(file: File, company: Company) -> None:
    own = files.member_of_owner(file, company.id)
    team.add_member(file, Member(company_id=company.id, sponsor_id=own, number="7"), Contact(first_name="Anna"))
    with pytest.raises(FieldRefusal, match=r"Anna \(7\) has this number already"):
        team.add_member(file, Member(company_id=company.id, sponsor_id=own, number="7"), Contact(first_name="Bo"))
    assert [row.name for row in contacts.rows(file)] == ["Anna"]


def test_one_person_can_stand_in_two_companies(file: File, company: Company) -> None:
    other = companies.add(file, "Duft", "", "DKK")
    anna = member(file, company, "Anna")
    details = team.details(file, anna, OCTOBER)
    assert details is not None
    own = files.member_of_owner(file, other)
    new = Member(company_id=other, person_id=details.contact.id, sponsor_id=own)
    team.add_member(file, new, Contact())
    assert "Anna" in team.view(file, other, OCTOBER).team.names
    assert sum("Anna" in str(name) for name in team.view(file, company.id, OCTOBER).team.names) == 1


def test_the_company_chosen_is_remembered_but_is_no_deed(file: File) -> None:
    other = companies.add(file, "Duft")
    companies.choose(file, other)
    current = companies.current(file)
    assert current is not None
    assert current.name == "Duft"
    assert last_deed(file) == "Add company Duft"


def test_products_by_hand(file: File, company: Company) -> None:
    id_ = products.add(file, Product(0, company.id, "7", "Bowl", price=17900, notes={Section.SHOW: "Fill it"}))
    product = products.everyone(file, company.id)[0]
    assert (product.id, product.notes) == (id_, {Section.SHOW: "Fill it"})
    with pytest.raises(FieldRefusal, match="7 is Bowl already"):
        products.add(file, Product(0, company.id, "7", "Spoon"))
    for field, value in (("price", -1), ("pv", 10**15), ("name", " ")):
        with pytest.raises(FieldRefusal) as refused:
            products.save(file, replace(product, **{field: value}))
        assert refused.value.field == field
    products.delete(file, company.id, [id_])
    assert last_deed(file) == "Delete product Bowl"


def test_a_product_list_imports_and_next_years_prices_keep_her_notes(
    file: File, company: Company, data: Path, tmp_path: Path
) -> None:
    path = data / "products.csv"
    preview = imports.preview_products(file, company, imports.read_products_file(path, company).now())
    preview.apply()
    bowl = next(p for p in products.everyone(file, company.id) if p.number == "K1007")
    assert (bowl.name, bowl.price, bowl.cost, bowl.pv, bowl.cv) == ("Skål 2 l", 17900, 12888, 14000, 98450)
    products.save(file, replace(bowl, notes={Section.GENERAL: "My own words"}))
    dearer = tmp_path / "products.csv"
    dearer.write_bytes(path.read_bytes().replace(b"179,00;128,88", b"189,00;136,08", 1))
    preview = imports.preview_products(file, company, imports.read_products_file(dearer, company).now())
    assert preview.counts[Change.CHANGED] == 1
    preview.apply()
    bowl = next(p for p in products.everyone(file, company.id) if p.number == "K1007")
    assert (bowl.price, bowl.notes[Section.GENERAL]) == (18900, "My own words")


def test_contacts_import_export_and_import_again_changes_nothing(file: File, data: Path, tmp_path: Path) -> None:
    preview = imports.preview_contacts(file, imports.read_contacts(data / "contacts_google.csv").now())
    assert preview.counts == {Change.NEW: 80}
    preview.apply()
    out = tmp_path / "out.csv"
    assert exports.contacts_csv(file, out) == 80
    again = imports.preview_contacts(file, imports.read_contacts(out).now())
    assert again.counts == {Change.SAME: 80}
    # and into an empty file it brings the same people
    other = files.create(tmp_path / "b.organizer", file.clock)
    imports.preview_contacts(other, imports.read_contacts(out).now()).apply()

    def comparable(person: Contact) -> Contact:
        return replace(person, id=0, source="")

    assert [comparable(p) for p in contacts.everyone(other)] == [comparable(p) for p in contacts.everyone(file)]
    other.close()


def test_a_known_contact_is_completed_and_her_own_words_stay(file: File, tmp_path: Path) -> None:
    id_ = contacts.add(
        file, Contact(first_name="Anna", last_name="Lund", phones=(Labelled("12345678"),), city="Vig")
    )
    path = tmp_path / "c.csv"
    path.write_text(
        "First Name,Last Name,Birthday,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Label,E-mail 1 - Value,"
        "Address 1 - City\n"
        "Anna,Lund,1962-02-15,Mobile,+45 12 34 56 78,Home,anna@example.com,Dalby\n",
        encoding="utf-8",
    )
    imports.preview_contacts(file, imports.read_contacts(path).now()).apply()
    anna = contacts.get(file, id_)
    assert anna is not None
    assert (anna.birthday, anna.city, len(anna.phones)) == ("1962-02-15", "Vig", 1)
    assert [entry.value for entry in anna.emails] == ["anna@example.com"]
    assert len(contacts.rows(file)) == 1


def test_her_own_figures_are_kept_by_month(file: File, company: Company) -> None:
    figures = earnings.own_figures(file, company, OCTOBER)
    assert figures
    volume = next(iter(figures))
    earnings.set_own_figure(file, company, OCTOBER, volume, 1_000_000)
    assert earnings.own_figures(file, company, OCTOBER)[volume] == 1_000_000
    assert earnings.own_figures(file, company, Period.parse("2026-09"))[volume] is None
    with pytest.raises(FieldRefusal):
        earnings.set_own_figure(file, company, OCTOBER, volume, -1)


def test_an_estimate_needs_a_plan_and_says_so(file: File) -> None:
    other = companies.add(file, "Duft")
    company = next(c for c in companies.everyone(file) if c.id == other)
    with pytest.raises(Refusal, match="Choose a compensation plan for Duft"):
        earnings.prepare(file, company, OCTOBER)


def test_a_plan_or_currency_that_is_none_is_refused(file: File) -> None:
    for plan, currency, field in (("no-such", "DKK", "plan"), ("", "kr", "currency")):
        with pytest.raises(FieldRefusal) as refused:
            companies.add(file, "X", plan, currency)
        assert refused.value.field == field
    with pytest.raises(FieldRefusal):
        companies.add(file, "  ")


def contacts_file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "c.csv"
    head = "First Name,Last Name,Birthday,Phone 1 - Value,E-mail 1 - Value,Address 1 - City,Notes"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_two_rows_of_one_person_bring_both_their_details(file: File, tmp_path: Path) -> None:
    contacts.add(
        file, Contact(first_name="Anna", phones=(Labelled("11111111"),), emails=(Labelled("a@example.com"),))
    )
    path = contacts_file(
        tmp_path,
        "Anna,,,11111111,new@example.com,,",
        "Anna,,,22222222,a@example.com,,",
        "Bo,,,33333333,,,",
        "Bo,,,33333333,bo@example.com,,Ring efter 17",
    )
    preview = imports.preview_contacts(file, imports.read_contacts(path).now())
    assert [(line.row, line.change) for line in preview.lines] == [
        (2, Change.CHANGED), (3, Change.CHANGED), (4, Change.NEW), (5, Change.CHANGED)
    ]  # fmt: skip
    preview.apply()
    anna, bo = contacts.everyone(file)
    assert {entry.value for entry in anna.phones} == {"11111111", "22222222"}
    assert {entry.value for entry in anna.emails} == {"a@example.com", "new@example.com"}
    assert (bo.emails[0].value, bo.notes) == ("bo@example.com", "Ring efter 17")


def test_a_person_with_only_a_name_is_not_added_twice(file: File, tmp_path: Path) -> None:
    path = contacts_file(tmp_path, "Anna,B,,,,Aarhus,", "Bo,C,1970-05-06,,,,")
    imports.preview_contacts(file, imports.read_contacts(path).now()).apply()
    again = imports.preview_contacts(file, imports.read_contacts(path).now())
    assert again.counts == {Change.SAME: 2}
    other = contacts_file(tmp_path, "Anna,B,,,,Vejle,")
    assert imports.preview_contacts(file, imports.read_contacts(other).now()).counts == {Change.NEW: 1}


def test_rows_are_numbered_as_in_the_file(file: File, tmp_path: Path) -> None:
    path = contacts_file(tmp_path, "", "Anna,,,1,,,", ",,,,,,", "Bo,,,2,,,")
    preview = imports.preview_contacts(file, imports.read_contacts(path).now())
    assert [(line.subject, line.row) for line in preview.lines] == [("Anna", 3), ("Bo", 5)]


def test_another_note_is_added_and_another_address_is_told(file: File, tmp_path: Path) -> None:
    anna = Contact(first_name="Anna", phones=(Labelled("1"),), city="Vig", notes="Likes blue")
    contacts.add(file, anna)
    path = contacts_file(tmp_path, "Anna,,,1,,Vejle,Has a dog")
    preview = imports.preview_contacts(file, imports.read_contacts(path).now())
    assert [*map(str, preview.lines[0].details)] == ["the address Vejle is added", "a note is added"]
    preview.apply()
    assert contacts.everyone(file)[0].notes == "Likes blue\n\nHas a dog"
    assert [address.city for address in contacts.everyone(file)[0].addresses] == ["Vig", "Vejle"]


def test_a_price_list_without_a_column_leaves_what_is_known(file: File, company: Company, tmp_path: Path) -> None:
    products.add(file, Product(0, company.id, "7", "Bowl", "Kitchen", 17900, 12888, 14000, 98450, 60))
    path = tmp_path / "prices.csv"
    path.write_text("Number,Name,Price\n7,Bowl,189.00\n", encoding="utf-8")
    preview = imports.preview_products(file, company, imports.read_products_file(path, company).now())
    assert [str(detail) for detail in preview.lines[0].details] == ["price 179.00 → 189.00"]
    preview.apply()
    bowl = products.everyone(file, company.id)[0]
    assert (bowl.category, bowl.price, bowl.cost, bowl.pv, bowl.cv, bowl.lasts_days) == (
        "Kitchen", 18900, 12888, 14000, 98450, 60
    )  # fmt: skip


def test_what_is_gone_is_refused_and_not_a_fault(file: File, company: Company) -> None:
    id_ = contacts.add(file, Contact(first_name="Anna"))
    anna = contacts.get(file, id_)
    assert anna is not None
    product_id = products.add(file, Product(0, company.id, "7", "Bowl"))
    product = products.everyone(file, company.id)[0]
    files.undo(file)
    files.undo(file)
    with pytest.raises(Refusal, match="contact is gone"):
        contacts.save(file, replace(anna, notes="x"))
    with pytest.raises(Refusal, match="product is gone"):
        products.save(file, replace(product, id=product_id, notes={Section.SHOW: "x"}))
    with pytest.raises(Refusal, match="team member is gone"):
        team.set_volume(file, 999, OCTOBER, "pv", 1)
