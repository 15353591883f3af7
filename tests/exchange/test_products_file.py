import pytest

from organizer.domain.product import Section
from organizer.domain.result import Refusal
from organizer.exchange.products import read_products

HEADER = "Varenr;Navn;Kategori;Vejl. pris;Indkøbspris;PV;CV;Holder (dage);Note"


def products(make, *rows, header=HEADER, currency="DKK"):
    return read_products(make("\n".join([header, *rows]) + "\n"), currency)


def test_the_sample_is_read_completely(data):
    reading = read_products(data / "products.csv", "DKK")
    assert reading.file == "products.csv"
    assert len(reading.records) == 31
    assert reading.problems == []
    first = reading.records[0]
    assert (first.number, first.name, first.category) == ("K1007", "Skål 2 l", "Køkken")
    assert (first.price, first.cost, first.pv, first.cv, first.lasts_days) == (17_900, 12_888, 14_000, 98_450, 60)
    assert first.notes == {Section.GENERAL: "Ikke til mikroovn"}
    assert reading.records[3].notes == {}
    assert reading.records[4].lasts_days is None


def test_english_headings_and_decimals(make):
    header = "SKU,Product Name,Category,Retail Price,Wholesale Price,PV,CV,Notes"
    reading = products(make, 'A1,Bowl,Kitchen,"€1,179.50",12,1,2.5,"Two\nlines"', header=header, currency="EUR")
    (bowl,) = reading.records
    assert (bowl.price, bowl.cost, bowl.pv, bowl.cv) == (117_950, 1_200, 1_000, 2_500)
    assert bowl.notes == {Section.GENERAL: "Two\nlines"}


def test_prices_are_in_the_currency_s_smallest_unit(make):
    assert products(make, "A;B;;179;;;;;", currency="ISK").records[0].price == 179


def test_a_wrong_figure_is_left_empty_and_told(make):
    reading = products(make, "A;Skål;;gratis;-5;1,2345;99999999999;x;", "B;Fad;;5,50;;1;2;3;")
    skaal, fad = reading.records
    assert (skaal.price, skaal.cost, skaal.pv, skaal.cv, skaal.lasts_days) == (None, None, None, None, None)
    assert (fad.price, fad.pv) == (550, 1_000)
    assert len(reading.problems) == 5
    assert all((problem.row, problem.kept) == (2, True) for problem in reading.problems)
    assert "Vejl. pris: “gratis” is not a number" in str(reading.problems[0].message)


def test_rows_without_number_or_name_and_doubles_are_left_out(make):
    reading = products(make, "A;Skål;;1;;;;;", ";Fad;;1;;;;;", "C;;;1;;;;;", "A;Kop;;2;;;;;", "I alt;;;5;;;;;")
    assert [product.name for product in reading.records] == ["Skål"]
    assert [(problem.row, problem.kept) for problem in reading.problems] == [(3, False), (4, False), (5, False)]
    assert str(reading.problems[2].message) == "The number A is in row 2 already; row 5 was left out."


def test_a_long_note_is_cut_and_told(make):
    reading = products(make, f"A;Skål;;1;;;;;{'n' * 20_001}")
    assert len(reading.records[0].notes[Section.GENERAL]) == 20_000
    assert reading.problems[0].kept


def test_rows_that_excel_shortened_are_kept(make):
    reading = products(make, "A;Skål;Køkken;10,00", "B;Fad;Køkken;20,00;;;;;x")
    assert [product.price for product in reading.records] == [1_000, 2_000]
    assert [(problem.row, problem.kept) for problem in reading.problems] == [(2, True)]


def test_other_samples_are_refused(data):
    for other in ("team_sponsor_id.csv", "contacts_google.csv"):
        with pytest.raises(Refusal, match=other):
            read_products(data / other, "DKK")
