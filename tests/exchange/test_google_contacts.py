import pytest

from organizer.domain.contact import Labelled, Role
from organizer.domain.result import Cancelled, Refusal
from organizer.exchange.google_contacts import read_google_contacts

HEADER = (
    "First Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value"
)


def people(make, *rows, header=HEADER):
    return read_google_contacts(make("\n".join([header, *rows]) + "\n"))


def test_the_sample_is_read_completely(data):
    reading = read_google_contacts(data / "contacts_google.csv")
    assert reading.file == "contacts_google.csv"
    assert len(reading.records) == 80
    assert reading.problems == []
    first = reading.records[0]
    assert (first.name, first.birthday, first.notes) == (
        "Åse Laursen",
        "1962-02-15",
        'Kunde siden 2023, køber "sæsonnyheder"',
    )
    assert first.emails == (Labelled("aalaursen0@example.com"),)
    assert first.phones == (Labelled("+45 71 46 30 65", "Mobile"),)
    assert (first.street, first.postal_code, first.city, first.country) == (
        "Indiavej 78",
        "3554",
        "Tønder",
        "Danmark",
    )
    assert (first.tags, first.roles, first.source) == ((), frozenset(), "contacts_google.csv")
    assert reading.records[1].tags == ("Kunder",)
    assert reading.records[1].roles == {Role.CUSTOMER}
    assert reading.records[2].first_name == "Δικαία"
    assert sum(Role.CUSTOMER in contact.roles for contact in reading.records) == 40


def test_the_older_layout(make):
    header = (
        "Name,Given Name,Additional Name,Family Name,Birthday,Notes,Group Membership,E-mail 1 - Type,"
        "E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,"
        "Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
        "Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Organization 1 - Name"
    )
    row = (
        "Anna Mia Holm,Anna,Mia,Holm, --02-15,,* myContacts ::: Hosts,* Home,a@example.com,Work,b@example.com ::: "
        'c@example.com,Mobile,+45 1 ::: +45 2,Home,"x","Vej 1\n2. th",By,,,0999,DK,,Firma'
    )
    (anna,) = people(make, row, header=header).records
    assert (anna.first_name, anna.middle_name, anna.last_name) == ("Anna", "Mia", "Holm")
    assert anna.emails == (
        Labelled("a@example.com", "Home"),
        Labelled("b@example.com", "Work"),
        Labelled("c@example.com", "Work"),
    )
    assert anna.phones == (Labelled("+45 1", "Mobile"), Labelled("+45 2", "Mobile"))
    assert (anna.street, anna.postal_code, anna.organization) == ("Vej 1, 2. th", "0999", "Firma")
    assert (anna.birthday, anna.tags, anna.roles) == ("--02-15", ("Hosts",), {Role.HOST})


def test_any_number_of_numbered_columns_in_any_order(make):
    numbers = [10, 2, 1]
    header = "First Name,Labels," + ",".join(f"Phone {n} - Value" for n in numbers)
    (bo,) = people(make, "Bo,,ten,two,one", header=header).records
    assert [phone.value for phone in bo.phones] == ["one", "two", "ten"]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Kunder", Role.CUSTOMER),
        ("customers", Role.CUSTOMER),
        ("VÆRTER", Role.HOST),
        ("Emner", Role.PROSPECT),
        ("Prospects", Role.PROSPECT),
        ("Forhandlere", Role.DISTRIBUTOR),
        ("Distributors", Role.DISTRIBUTOR),
    ],
)
def test_labels_give_tags_and_roles(make, label, role):
    (bo,) = people(make, f"Bo,,,,* myContacts ::: {label} ::: Golf,,,,").records
    assert bo.tags == (label, "Golf")
    assert bo.roles == {role}


def test_a_bad_birthday_drops_only_the_birthday(make):
    reading = people(make, "Bo,Ib,1990-02-31,,,,,,", "Eva,,--02-15,,,,,,", "Kim,,15.02.1962,,,,,,")
    assert [contact.birthday for contact in reading.records] == ["", "--02-15", "1962-02-15"]
    (problem,) = reading.problems
    assert (problem.row, problem.subject, problem.kept) == (2, "Bo Ib", True)
    assert "1990-02-31" in str(problem.message)


def test_long_texts_are_cut_and_long_numbers_dropped(make):
    row = f"{'B' * 300},{'I' * 300},,{'n' * 30_000},,,{'m' * 201},,{'1' * 201} ::: 22"
    reading = people(make, row)
    (bo,) = reading.records
    assert (len(bo.first_name), len(bo.last_name), len(bo.notes)) == (200, 200, 20_000)
    assert bo.emails == ()
    assert bo.phones == (Labelled("22"),)
    assert len(reading.problems) == 5
    assert all(problem.kept and problem.row == 2 for problem in reading.problems)


def test_a_row_that_tells_nobody_is_left_out(make):
    reading = people(make, "Bo,,,,,,,,", ",,,a note,Golf,,,,", ",,,,,,only@example.com,,", ",,,,,,,,")
    assert [contact.name for contact in reading.records] == ["Bo", "only@example.com"]
    (problem,) = reading.problems
    assert (problem.row, problem.subject, problem.kept) == (3, "a note", False)


def test_guards_against_formulas_are_taken_off(make):
    (bo,) = people(make, "'=Bo,'Hansen,,'-note,'@tag,,,,'+45 12 34 56 78").records
    assert (bo.first_name, bo.last_name, bo.notes, bo.tags) == ("=Bo", "'Hansen", "-note", ("@tag",))
    assert bo.phones[0].value == "+45 12 34 56 78"


def test_a_full_name_alone_is_parted_unless_it_is_the_organization(make):
    header = "Name,Given Name,Family Name,Group Membership,Organization 1 - Name"
    reading = people(make, "Anna Mia Holm,,,,", "Firma A/S,,,,Firma A/S", "Bo,,,,", header=header)
    assert [(c.first_name, c.last_name, c.organization) for c in reading.records] == [
        ("Anna Mia", "Holm", ""),
        ("", "", "Firma A/S"),
        ("Bo", "", ""),
    ]


def test_the_first_address_that_says_something_is_taken(make):
    header = "First Name,Labels,Address 1 - Street,Address 1 - City,Address 2 - Formatted,Address 2 - City"
    (bo,) = people(make, 'Bo,,,,"Vej 2\n8000 Aarhus",', header=header).records
    assert bo.street == "Vej 2, 8000 Aarhus"


def test_notes_over_several_lines_are_kept(make):
    (bo,) = people(make, 'Bo,,,"one\ntwo\n\nthree ""quoted""",,,,,').records
    assert bo.notes == 'one\ntwo\n\nthree "quoted"'


def test_the_sample_cut_inside_a_quotation_is_told(make, data):
    whole = (data / "contacts_google.csv").read_bytes()
    cut = whole.index("køber".encode(), 3000)
    reading = read_google_contacts(make(whole[:cut]))
    rows = whole[:cut].count(b"\n") + 1
    assert len(reading.records) == rows - 2
    (problem,) = reading.problems
    assert (problem.row, problem.kept) == (rows, False)
    assert "never closed" in str(problem.message)


def test_other_samples_are_refused(data):
    for other in ("team_sponsor_id.csv", "products.csv"):
        with pytest.raises(Refusal, match=other):
            read_google_contacts(data / other)


def test_progress_and_cancel(data):
    seen: list[float] = []
    read_google_contacts(data / "contacts_google.csv", progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    calls = iter([False, False, True])
    with pytest.raises(Cancelled):
        read_google_contacts(data / "contacts_google.csv", cancelled=lambda: next(calls))
