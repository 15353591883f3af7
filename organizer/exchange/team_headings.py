"""What back offices call the columns of a team, in nine languages, and which columns of a heading they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from organizer.exchange.layout import heading_key

ENGLISH: dict[str, tuple[str, ...]] = {
    "number": ("ID", "Member ID", "Distributor ID", "Consultant ID", "Ambassador ID", "Customer ID",
               "Account Number", "Member Number", "ID Number", "Member No", "Distributor Number", "Distributor No",
               "Consultant Number", "Consultant No", "Account No", "Account ID", "Associate ID", "Partner ID",
               "Rep ID", "IBO Number", "User ID", "Number"),
    "country": ("Country", "Country Code", "Market"),
    "name": ("Name", "Full Name", "Member Name", "Distributor Name", "Customer Name", "Consultant Name",
             "Account Name", "Member", "Distributor", "Consultant", "Ambassador", "Associate"),
    "first_name": ("First Name", "Given Name"),
    "last_name": ("Last Name", "Family Name", "Surname"),
    "enroller_number": ("Enroller ID", "Enroller Number", "Enroller No", "Enrolled by ID", "Recruiter ID",
                        "Enrolling Sponsor ID", "Personal Sponsor ID"),
    "enroller_name": ("Enroller Name", "Enroller", "Enrolled by", "Recruited by", "Recruiter", "Recruiter Name",
                      "Enrolling Sponsor", "Personal Sponsor"),
    "sponsor_number": ("Sponsor ID", "Sponsor Number", "Sponsor No.", "Sponsor Account Number"),
    "sponsor_name": ("Sponsor Name", "Sponsor", "Sponsored by"),
    "placement_number": ("Placement ID", "Placement Number", "Placement Sponsor ID", "Placement Parent ID",
                         "Placed Under ID", "Upline ID", "Upline Number", "Parent ID", "Parent Number"),
    "placement_name": ("Placement Name", "Placement Sponsor", "Placed Under", "Upline Name", "Upline", "Parent",
                       "Parent Name"),
    "level": ("Level", "Physical Level", "Downline Level", "Tree Level", "Generation", "Depth", "Lvl"),
    "path": ("Path", "Position Path", "Tree Path", "Placement Path", "Binary Path", "Position", "Placement",
             "Tree Position", "Binary Position"),
    "kind": ("Customer Type", "Member Type", "Account Type", "Type"),
    "status": ("Status", "Account Status", "Member Status", "Terminated", "Terminated Position", "Cancelled"),
    "leg": ("Leg", "Side", "Placement Side", "Placement Leg"),
    "rank": ("Current Rank", "Rank", "Title", "Current Title", "Leadership Level", "Paid As Rank", "Pay Rank"),
    "highest_rank": ("Highest Achieved Rank", "Highest Rank", "Highest Title", "Lifetime Rank"),
    "joined": ("Join Date", "Joined", "Start Date", "Enrollment Date", "Enrolment Date", "Enrolled",
               "Date Joined", "Signup Date", "Sign Up Date"),
    "last_order": ("Last Order Date", "Last Order", "Last Purchase Date"),
    "phone": ("Phone", "Phone Number", "Mobile", "Telephone", "Cell Phone"),
    "email": ("Email", "E-mail Address"),
    "street": ("Address", "Street", "Street Address", "Address 1"),
    "postal_code": ("Postal Code", "Zip", "Zip Code", "Postcode"),
    "city": ("City", "Town"),
}  # fmt: skip

OTHERS: dict[str, tuple[str, ...]] = {
    "number": ("Medlemsnummer", "Medlemsnr.", "Forhandlernr.", "Forhandlernummer", "Konsulentnr.",
               "Konsulentnummer", "Kundenr.", "Kundenummer", "Medlems-id", "Forhandler-id", "Kontonr.",
               "Kontonummer", "Id-nummer", "Id-nr.",
               "Kund-ID", "Kundnummer", "Distributörsnummer", "Konsultnummer", "Medlems-ID", "Mitgliedsnummer",
               "Mitglieds-ID", "Kundennummer", "Beraternummer", "Berater-ID", "Vertriebspartnernummer",
               "Partner-ID", "Lidnummer", "Klantnummer", "Lid-ID", "Relatienummer", "Numéro de membre",
               "Numéro", "Identifiant", "N° client", "N° membre", "Numéro de distributeur", "ID membre",
               "Número de socio", "Número de distribuidor", "ID de socio", "ID de miembro", "N.º de socio",
               "Código", "Numer", "Numer klienta", "Numer członka", "Numer partnera", "Identyfikator",
               "ID partnera", "Nummer", "Nr."),
    "country": ("Land", "Landekode", "Landskod", "Ländercode", "Pays", "País", "Kraj"),
    "name": ("Navn", "Fulde navn", "Medlemsnavn", "Medlem", "Forhandler", "Konsulent",
             "Namn", "Fullständigt namn", "Fullt navn", "Vollständiger Name", "Mitglied", "Berater", "Naam",
             "Volledige naam", "Lid", "Nom complet", "Nom et prénom", "Membre", "Nombre completo",
             "Nombre y apellidos", "Socio", "Imię i nazwisko", "Nazwa"),
    "first_name": ("Fornavn", "Fornavne", "Förnamn", "Vorname", "Voornaam", "Prénom", "Nombre", "Imię"),
    "last_name": ("Efternavn", "Efternamn", "Etternavn", "Nachname", "Familienname", "Achternaam", "Nom",
                  "Nom de famille", "Apellido", "Apellidos", "Nazwisko"),
    "enroller_number": ("Hververnummer", "Hverver-id", "Indmelder-id", "Indmeldernummer", "Värvare ID",
                        "Werber-ID", "Anwerber-ID", "ID wprowadzającego"),
    "enroller_name": ("Indmeldt af", "Hvervet af", "Oprettet af", "Hverver", "Tilmeldt af",
                      "Värvad av", "Värvare", "Vervet av", "Geworben von", "Werber", "Aangemeld door",
                      "Inscrit par", "Inscrito por", "Wprowadzony przez"),
    "sponsor_number": ("Sponsornummer", "Sponsornr.", "Sponsor-id", "Sponsor nr.", "Sponsorns ID",
                       "Sponsor-Nummer", "Sponsornummer", "ID du sponsor", "ID parrain", "Numéro du parrain",
                       "N° parrain", "ID sponsor", "ID del patrocinador", "ID patrocinador",
                       "Número de patrocinador", "ID del sponsor", "ID sponsora", "Numer sponsora"),
    "sponsor_name": ("Sponsornavn", "Sponsors navn", "Sponsornamn", "Sponsorname", "Name des Sponsors",
                     "Sponsornaam", "Nom du sponsor", "Parrain", "Nom du parrain", "Patrocinador",
                     "Nombre del patrocinador", "Imię sponsora", "Nazwisko sponsora"),
    "placement_number": ("Placerings-id", "Placeret under nr.", "Uplinenummer", "Upline-id", "Placerings-ID",
                         "Plasserings-ID", "Platzierungs-ID", "Plaatsings-ID", "ID de placement",
                         "ID de colocación", "ID umiejscowienia"),
    "placement_name": ("Placeret under", "Placerad under", "Plassert under", "Platziert unter",
                       "Geplaatst onder", "Placé sous", "Colocado bajo"),
    "level": ("Niveau", "Linje", "Nivå", "Ebene", "Stufe", "Generatie", "Nivel", "Génération", "Generación",
              "Poziom", "Niveau i træet"),
    "path": ("Sti", "Placering", "Plads", "Placeringssti", "Position i træet", "Sökväg", "Bane", "Pfad", "Pad",
             "Chemin", "Ruta", "Ścieżka", "Plassering", "Posición", "Platzierung", "Pozycja", "Positie"),
    "kind": ("Kundetype", "Medlemstype", "Type", "Kundtyp", "Medlemstyp", "Kundentyp", "Typ", "Klanttype",
             "Type de client", "Tipo de cliente", "Tipo", "Typ klienta"),
    "status": ("Status", "Medlemsstatus", "Kontostatus", "Ophørt", "Udmeldt", "Avslutad", "Avsluttet",
               "Gekündigt", "Beëindigd", "Statut", "Estado", "Résilié"),
    "leg": ("Ben", "Side", "Sida", "Bein", "Seite", "Been", "Zijde", "Jambe", "Côté", "Pierna", "Lado", "Noga"),
    "rank": ("Rang", "Nuværende rang", "Titel", "Aktuel rang", "Lederniveau", "Tittel", "Ledarnivå", "Rank",
             "Rango", "Título", "Titre", "Ranga", "Tytuł", "Aktueller Rang"),
    "highest_rank": ("Højeste rang", "Højeste opnåede rang", "Højeste titel", "Högsta titel", "Høyeste tittel",
                     "Höchster Rang", "Höchster Titel", "Hoogste rang", "Hoogste titel", "Rang le plus élevé",
                     "Rango más alto", "Najwyższa ranga"),
    "joined": ("Indmeldt", "Indmeldelsesdato", "Startdato", "Tilmeldt", "Oprettet", "Startdatum", "Inträdesdatum",
               "Gick med", "Innmeldt", "Innmeldingsdato", "Eintrittsdatum", "Beitrittsdatum", "Einstiegsdatum",
               "Inschrijfdatum", "Date d'adhésion", "Date d'inscription", "Fecha de inscripción",
               "Fecha de alta", "Data dołączenia", "Data przystąpienia", "Data rejestracji"),
    "last_order": ("Seneste ordre", "Sidste ordre", "Seneste ordredato", "Sidste ordredato", "Senaste order",
                   "Siste ordre", "Siste bestilling", "Letzte Bestellung", "Laatste bestelling",
                   "Dernière commande", "Último pedido", "Ostatnie zamówienie"),
    "phone": ("Telefon", "Mobil", "Tlf.", "Telefonnummer", "Mobilnummer", "Telefoon", "Téléphone", "Teléfono",
              "Handy", "Mobiel", "Móvil"),
    "email": ("E-mail", "Mail", "E-mailadresse", "Mailadresse", "E-post", "Epost", "E-mailadres", "Courriel",
              "Correo", "Correo electrónico", "E-Mail-Adresse"),
    "street": ("Adresse", "Vej", "Gade", "Adress", "Gatuadress", "Straße", "Adres", "Straat", "Rue", "Dirección",
               "Calle", "Ulica"),
    "postal_code": ("Postnr.", "Postnummer", "PLZ", "Postleitzahl", "Code postal", "Código postal",
                    "Kod pocztowy"),
    "city": ("By", "Ort", "Stad", "Poststed", "Stadt", "Plaats", "Woonplaats", "Ville", "Ciudad", "Miasto"),
}  # fmt: skip

NEEDED = (("number",), ("name", "first_name", "last_name"))
"""Of each group one must be there, beside something that tells the tree: see TREE."""

TREE = ("sponsor_number", "enroller_number", "placement_number", "level", "path", "enroller_name", "sponsor_name",
        "placement_name")  # fmt: skip
"""The columns that tell where everybody stands; a name column may hold numbers."""

CAN_BE_LEG = frozenset(map(heading_key, ("Position", "Placering", "Placement", "Plads", "Plassering", "Posición",
                                         "Platzierung", "Pozycja", "Positie")))  # fmt: skip
"""Headings of a path that say as often which leg someone is in."""


@lru_cache(maxsize=1)
def _by_key() -> dict[str, tuple[str, int]]:
    """Each heading's field, and how sure it is: 0 is the surest."""
    known: dict[str, tuple[str, int]] = {}
    for headings in (ENGLISH, OTHERS):
        for field, names in headings.items():
            for sureness, name in enumerate(names):
                known.setdefault(heading_key(name), (field, sureness))
    return known


def located(header: Sequence[str]) -> dict[str, list[int]]:
    """The columns that each field may be in, the surest first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, heading in enumerate(header):
        known = _by_key().get(heading_key(heading))
        if known:
            found.setdefault(known[0], []).append((known[1], place))
    return {field: [place for _sureness, place in sorted(places)] for field, places in found.items()}


TELLS_TREE = 100
"""What `fits` answers is above it where the heading tells the tree."""


def fits(header: Sequence[str]) -> int:
    """How well `header` is one of a team: the fields it has, 0 where it lacks an id or a name.

    One that tells no tree counts less than any that does.
    """
    found = located(header)
    if not all(any(field in found for field in group) for group in NEEDED):
        return 0
    return len(found) + (TELLS_TREE if any(field in found for field in TREE) else 0)


def is_english(header: Sequence[str]) -> bool:
    """True unless more headings are another language's only than English only."""
    english = {heading_key(name) for names in ENGLISH.values() for name in names}
    others = {heading_key(name) for names in OTHERS.values() for name in names}
    keys = set(map(heading_key, header))
    return len(keys & (others - english)) <= len(keys & (english - others))
