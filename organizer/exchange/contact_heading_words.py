"""The words for the columns of an address book, in eleven languages.

English, Danish, Swedish, Norwegian, German, Dutch, French, Spanish, Italian, Polish and Finnish.
"""

WORDS = {
    "full_name": (
        "full name|name|display name|contact|guest|navn|fulde navn|kontakt|gæst|namn|"
        "fullständigt namn|vollständiger name|naam|volledige naam|nom complet|nombre completo|"
        "nome completo|imię i nazwisko|nimi|koko nimi"
    ),
    "first_name": (
        "first name|given name|fornavn|förnamn|vorname|voornaam|prénom|nombre|nombre de pila|nome|imię|etunimi"
    ),
    "middle_name": (
        "middle name|additional name|mellemnavn|mellannamn|mellomnavn|weitere vornamen|"
        "zweiter vorname|middelste naam|tweede voornaam|deuxième prénom|segundo nombre|secondo nome|"
        "drugie imię|toinen nimi"
    ),
    "last_name": (
        "last name|family name|surname|efternavn|efternamn|etternavn|nachname|familienname|"
        "achternaam|nom|nom de famille|apellidos|apellido|cognome|nazwisko|sukunimi"
    ),
    "prefix": (
        "title|prefix|name prefix|titel|tittel|anrede|aanhef|titre|civilité|título|tratamiento|"
        "titolo|tytuł|titteli|arvonimi|puhuttelu"
    ),
    "suffix": (
        "suffix|name suffix|suffiks|namenszusatz|achtervoegsel|suffixe|sufijo|suffisso|sufiks|"
        "loppuliite|jälkiliite"
    ),
    "nickname": (
        "nickname|kaldenavn|kælenavn|smeknamn|kallenavn|spitzname|bijnaam|roepnaam|surnom|apodo|"
        "sobrenombre|soprannome|pseudonim|przydomek|lempinimi|kutsumanimi"
    ),
    "organization": (
        "company|company name|organization|organisation|organization name|firma|firmanavn|"
        "virksomhed|företag|bedrift|unternehmen|bedrijf|société|entreprise|empresa|organización|"
        "compañía|società|azienda|ditta|yritys|organisaatio"
    ),
    "department": (
        "department|afdeling|avdelning|avdeling|abteilung|service|département|departamento|reparto|dział|osasto"
    ),
    "title": (
        "job title|stilling|jobtitel|stillingsbetegnelse|befattning|position|berufsbezeichnung|"
        "functie|fonction|cargo|puesto|posizione|qualifica|stanowisko|tehtävänimike|virkanimike"
    ),
    "birthday": (
        "birthday|birth date|date of birth|born|fødselsdag|fødselsdato|født|födelsedag|"
        "födelsedatum|bursdag|geburtstag|geburtsdatum|verjaardag|geboortedatum|anniversaire|"
        "date de naissance|cumpleaños|fecha de nacimiento|compleanno|data di nascita|urodziny|"
        "data urodzenia|syntymäpäivä|syntymäaika"
    ),
    "event Anniversary": (
        "anniversary|mærkedag|årsdag|jubileum|jahrestag|trouwdag|speciale datum|"
        "anniversaire de mariage ou fête|aniversario|anniversario|rocznica|vuosipäivä"
    ),
    "notes": (
        "notes|note|comments|remarks|noter|bemærkninger|kommentar|kommentarer|anteckningar|"
        "notater|notizen|anmerkungen|bemerkungen|notities|opmerkingen|remarques|commentaires|"
        "notas|observaciones|annotazioni|notatki|uwagi|muistiinpanot|huomautukset"
    ),
    "tags": (
        "categories|category|tags|tag|labels|groups|group|kategorier|kategori|etiketter|mærker|"
        "gruppe|grupper|kategorien|kategorie|gruppen|categorieën|categorie|catégories|categorías|"
        "luokat|luokka|ryhmät"
    ),
    "roles": ("roles|role|rolle|roller|roll|rollen|rol|rôle|función|ruolo|rola|rooli"),
    "website": (
        "web page|website|personal web page|webside|hjemmeside|webbsida|webbplats|hemsida|"
        "nettsted|nettside|webseite|webpagina|page web|site web|página web|sito web|pagina web|"
        "strona sieci web|strona www|www sivu|verkkosivu|web sivu"
    ),
    "relation Spouse": (
        "spouse|partner|ægtefælle|make maka|maka make|ektefelle|ehegatte|ehepartner|echtgenoot|"
        "conjoint|conjoint e|cónyuge|coniuge|współmałżonek|puoliso"
    ),
    "relation Children": ("children|børn|barn|kinder|kinderen|enfants|hijos|figli|dzieci|lapset"),
    "family": ("family|familie|familj|famille|familia|famiglia|rodzina|perhe"),
    "recreation": (
        "hobby|hobbies|recreation|fritid|fritidsinteresser|hobbyer|hobbys|loisirs|passe temps|"
        "aficiones|zainteresowania|harrastukset"
    ),
    "occupation": ("profession|occupation|erhverv|yrke|beruf|beroep|profesión|professione|zawód|ammatti"),
    "message": ("message|besked|budskab|meddelande|melding|nachricht|bericht|mensaje|messaggio|wiadomość|viesti"),
    "source": ("source|kilde|källa|quelle|bron|fuente|fonte|źródło|lähde|data kommer fra|met at|mødt hos"),
    "street": (
        "street|street address|road|gade|vej|gade og nr|gata|gatuadress|gate|gateadresse|"
        "straße|strasse|straat|rue|calle|via|ulica|katuosoite|lähiosoite"
    ),
    "address": (
        "address|postal address|adresse|postadresse|adress|postadress|anschrift|adres|dirección|"
        "indirizzo|osoite|postiosoite"
    ),
    "postal_code": (
        "postal code|zip|zip code|postcode|zip postal code|postnummer|postnr|postleitzahl|plz|"
        "code postal|código postal|cap|codice postale|kod pocztowy|postinumero"
    ),
    "city": (
        "city|town|by|postdistrikt|bynavn|stad|ort|postort|poststed|sted|stadt|plaats|"
        "woonplaats|ville|ciudad|población|localidad|città|località|miasto|miejscowość|kaupunki|"
        "paikkakunta|postitoimipaikka"
    ),
    "country": (
        "country|country region|land|land område|land region|pays|pays région|país|país región|"
        "paese|paese area geografica|kraj|kraj region|maa|maa alue|maa tai alue"
    ),
    "phone": (
        "phone|phone number|telephone|telephone number|tel|tlf|tlf nr|telefon|telefonnummer|"
        "telefonnr|telefoon|telefoonnummer|téléphone|numéro de téléphone|teléfono|telefono|"
        "numer telefonu|puhelin|puhelinnumero|tél|primary phone|company main phone"
    ),
    "phone Mobile": (
        "mobile|mobile phone|mobile number|cell|cell phone|cellphone|mobil|mobiltelefon|"
        "mobilnummer|mobilnr|mobiltlf|handy|mobiel|mobiele telefoon|mobiele nummer|tél mobile|"
        "téléphone mobile|portable|móvil|teléfono móvil|cellulare|telefono cellulare|"
        "telefon komórkowy|komórka|matkapuhelin|gsm"
    ),
    "phone Fax": ("fax|fax number|telefax|télécopie|faks|faksi|faxnummer|número de fax"),
    "phone Pager": (
        "pager|personsøger|personsökare|personsøker|pieper|récepteur de radiomessagerie|"
        "localizador|cercapersone|hakulaite"
    ),
    "email": (
        "email|e mail|e mail address|email address|mail|e mail adresse|mailadresse|e post|"
        "e postadress|e postadresse|epost|e mailadres|emailadres|adresse de messagerie|"
        "adresse e mail|adresse électronique|courriel|mél|correo electrónico|"
        "dirección de correo electrónico|dirección de correo|indirizzo posta elettronica|"
        "indirizzo di posta elettronica|indirizzo e mail|posta elettronica|adres e mail|"
        "adres poczty elektronicznej|sähköposti|sähköpostiosoite"
    ),
}
"""The words for each field, parted by |."""

KIND_WORDS = {
    "Home": (
        "home private privat hjem hjemme hem hemmet bostad privé prive thuis domicile personnel "
        "particular casa domicilio abitazione ab domowy domowa domowe dom prywatny koti kotiin personal"
    ),
    "Work": (
        "business work office arbejde arbejds job arbete arbets jobb arbeid geschäftlich geschäft "
        "beruflich büro dienstlich werk zakelijk zakelijke kantoor bureau professionnel professionnelle "
        "travail trabajo oficina ufficio uff lavoro praca służbowy służbowa służbowe biuro firmowy työ "
        "työpaikka toimisto"
    ),
    "Other": (
        "other andet anden andre annan annat annen annet weitere weiterer weiteres andere anders overig "
        "overige autre otro otra altro altra inny inna inne muu"
    ),
}
"""The words that say whether it is at home, at work or elsewhere."""
