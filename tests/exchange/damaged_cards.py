"""vCards as phones and address books really write them, each with what a reader should make of it."""

from __future__ import annotations

from organizer.domain.contact import Address, Labelled, Role

QP = "ENCODING=QUOTED-PRINTABLE"
ANDROID = "X-ANDROID-CUSTOM:vnd.android.cursor.item/"
ANNA = {"first_name": "Anna"}
OLD = [
    (
        "soft line break inside a letter",
        f"N;CHARSET=UTF-8;{QP}:B=C3=\n=B8gh;Anna;;;",
        {"last_name": "Bøgh", **ANNA},
    ),
    ("soft line break, folded too", f"N:;Anna\nNOTE;{QP}:en=20=\n to", {**ANNA, "notes": "en  to"}),
    ("bare quoted-printable", "N;QUOTED-PRINTABLE:S=F8rensen;Anna", {"last_name": "Sørensen", **ANNA}),
    ("iso-8859-1", f"N;CHARSET=ISO-8859-1;{QP}:=C6r=F8;Anna", {"last_name": "Ærø", **ANNA}),
    ("windows-1252", f"N;CHARSET=windows-1252;{QP}:=80;Anna", {"last_name": "€", **ANNA}),
    ("another codec", f"N;CHARSET=KOI8-R;{QP}:=E0;Anna", {"last_name": "Ю", **ANNA}),
    ("a codec that isn't one", f"N;CHARSET=Klingon;{QP}:=C3=98;Anna", {"last_name": "Ø", **ANNA}),
    ("a charset that lies", f"N;CHARSET=UTF-8;{QP}:=D8;Anna", {"last_name": "Ø", **ANNA}),
    ("line ends in a note", f"N:;Anna\nNOTE;{QP}:a=0D=0Ab=\n=0D=0Ac", {**ANNA, "notes": "a\nb\nc"}),
    ("a cut code", f"N;{QP}:Holm=;Anna\nTEL:1", None),
    ("bare types", "N:;Anna\nTEL;CELL;VOICE:12", {**ANNA, "phones": (Labelled("12", "Mobile"),)}),
    ("her own kind", "N:;Anna\nTEL;X-Sommerhus:12", {**ANNA, "phones": (Labelled("12", "Sommerhus"),)}),
    ("work fax", "N:;Anna\nTEL;WORK;FAX:12", {**ANNA, "phones": (Labelled("12", "Work fax"),)}),
    (
        "first choice",
        "N:;Anna\nTEL;HOME:1\nTEL;WORK;PREF:2",
        {**ANNA, "phones": (Labelled("2", "Work"), Labelled("1", "Home"))},
    ),
    ("a comma parts nothing", "N:Holm, Bo;Anna", {"last_name": "Holm, Bo", **ANNA}),
    ("a backslash is one", "N:;Anna\nNOTE:C:\\new\\;x", {**ANNA, "notes": "C:\\new;x"}),
    ("Android's nickname", f"N:;Anna\n{ANDROID}nickname;Lissi;1;;;", {**ANNA, "nickname": "Lissi"}),
    ("Android's birthday", f"N:;Anna\n{ANDROID}contact_event;1979-03-04;3;;", {**ANNA, "birthday": "1979-03-04"}),
    ("Android's others", f"N:;Anna\n{ANDROID}relation;Bo;14;", {**ANNA, "extra": (f"{ANDROID}relation;Bo;14;",)}),
    (
        "text in the style of windows",
        "N:;Anna\nURL;WORK:http://x.dk/a,b",
        {**ANNA, "extra": ("URL;TYPE=WORK:http://x.dk/a,b",)},
    ),
    ("categories between semicolons", "N:;Anna\nCATEGORIES:Kaffe;Te", {**ANNA, "tags": ("Kaffe", "Te")}),
    (
        "a delivery label only",
        f"N:;Anna\nLABEL;HOME;{QP}:Vej 1=0D=0A8000 Aarhus",
        {**ANNA, "street": "Vej 1, 8000 Aarhus"},
    ),
]
NEW = [
    (
        "escapes",
        "N:Holm\\; B;Anna\nNOTE:a\\nb\\Nc\\,d\\;e\\\\n",
        {"last_name": "Holm; B", **ANNA, "notes": "a\nb\nc,d;e\\n"},
    ),
    ("a backslash at the end", "N:;Anna\nNOTE:a\\", {**ANNA, "notes": "a\\"}),
    ("folded with a tab", "N:;Anna\nNOTE:en\n\tto", {**ANNA, "notes": "ento"}),
    ("lower case", "n:;Anna\ntel;type=cell:12", {**ANNA, "phones": (Labelled("12", "Mobile"),)}),
    ("types in one", 'N:;Anna\nTEL;TYPE="work,cell":12', {**ANNA, "phones": (Labelled("12", "Work mobile"),)}),
    (
        "Apple's kind",
        "N:;Anna\nitem1.TEL:12\nitem1.X-ABLabel:_$!<Mobile>!$_",
        {**ANNA, "phones": (Labelled("12", "Mobile"),)},
    ),
    (
        "her own word",
        "N:;Anna\nitem1.X-ABLabel:Hos mor\nitem1.TEL:12",
        {**ANNA, "phones": (Labelled("12", "Hos mor"),)},
    ),
    (
        "a day with a label",
        "N:;Anna\nitem2.X-ABDATE;type=pref:2009-08-08\nitem2.X-ABLabel:_$!<Anniversary>!$_",
        {**ANNA, "extra": ('X-ABDATE;TYPE=pref;X-ABLABEL="Anniversary":2009-08-08',)},
    ),
    ("no N", "FN:Anna Berg Holm", {"first_name": "Anna Berg", "last_name": "Holm"}),
    ("an empty N", "FN:Anna Holm\nN:;;;;", {**ANNA, "last_name": "Holm"}),
    (
        "no FN",
        "N:Holm;Anna;Mia;Dr.;PhD",
        {"last_name": "Holm", **ANNA, "middle_name": "Mia", "prefix": "Dr.", "suffix": "PhD"},
    ),
    (
        "several of a part",
        "N:Holm;Anna;Mia,Lea;;Jr.,M.D.",
        {"last_name": "Holm", **ANNA, "middle_name": "Mia Lea", "suffix": "Jr. M.D."},
    ),
    ("FN says more", "FN:Anna (Hannes mor)\nN:;Anna", {**ANNA, "extra": ("X-DISPLAY-NAME:Anna (Hannes mor)",)}),
    (
        "a firm",
        "FN:Sy & Co.\nORG:Sy & Co.;Salg;Nord\nN:;;;;",
        {"organization": "Sy & Co.", "extra": ("X-DEPARTMENT:Salg", "X-DEPARTMENT:Nord")},
    ),
    ("an e-mail is no name", "FN:a@x.dk\nEMAIL:a@x.dk", {"emails": (Labelled("a@x.dk"),)}),
    ("a blank line inside", "N:;Anna\n\nTEL:12", {**ANNA, "phones": (Labelled("12"),)}),
    (
        "a note in bare lines",
        "N:;Anna\nNOTE:en\nto\nTEL:12",
        {**ANNA, "notes": "en\nto", "phones": (Labelled("12"),)},
    ),
    (
        "an address in parts",
        "N:;Anna\nADR;TYPE=work:Boks 1;2. tv;Vej 1;Odense;Fyn;5000;DK",
        {
            **ANNA,
            "street": "Vej 1, 2. tv, Boks 1",
            "city": "Odense",
            "postal_code": "5000",
            "country": "DK",
            "address_label": "Work",
            "extra": ("X-REGION:Fyn",),
        },
    ),
    (
        "two addresses",
        "N:;Anna\nADR:;;Vej 1;A\nADR;TYPE=HOME,pref:;;Vej 2;B",
        {
            **ANNA,
            "street": "Vej 2",
            "city": "B",
            "address_label": "Home",
            "more_addresses": (Address("Vej 1", "", "A"),),
        },
    ),
    ("an address that says nothing", "N:;Anna\nADR:;;;;;;", ANNA),
    (
        "categories that are roles",
        "N:;Anna\nCATEGORIES:Kunde,Kaffe\\, te",
        {**ANNA, "tags": ("Kunde", "Kaffe, te"), "roles": frozenset({Role.CUSTOMER})},
    ),
    ("a year that is none", "N:;Anna\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", {**ANNA, "birthday": "--02-29"}),
    ("a birthday with a time", "N:;Anna\nBDAY:1962-02-15T00:00:00Z", {**ANNA, "birthday": "1962-02-15"}),
    ("a Danish birthday", "N:;Anna\nBDAY:15.02.1962", {**ANNA, "birthday": "1962-02-15"}),
    (
        "a picture on the web",
        "N:;Anna\nPHOTO;VALUE=uri:https://x.dk/a.jpg",
        {**ANNA, "extra": ("PHOTO;VALUE=uri:https://x.dk/a.jpg",)},
    ),
    ("noise", "PRODID:-//x\nUID:1\nREV:2026\nN:;Anna\nitem1.X-ABADR:dk", ANNA),
    (
        "what no field takes",
        "N:;Anna\nTITLE:Lærer\nIMPP;X-SERVICE-TYPE=Skype:skype:anna",
        {**ANNA, "extra": ("TITLE:Lærer", "IMPP;X-SERVICE-TYPE=Skype:skype:anna")},
    ),
    ("spaces around", "N: Holm ; Anna \nTEL: 12 ", {"last_name": "Holm", **ANNA, "phones": (Labelled("12"),)}),
    (
        "direction marks of a copied number",
        "N:;Anna\nTEL:\u202a+45 12\u202c",
        {**ANNA, "phones": (Labelled("+45 12"),)},
    ),
    (
        "a colon in quotes",
        'N:;Anna\nTEL;X-A="a:b;c";TYPE=cell:12',
        {**ANNA, "phones": (Labelled("12", "Mobile"),)},
    ),
    ("a quote that stays open", 'N:;Anna\nTEL;X-A="a:12', {**ANNA, "phones": (Labelled("12"),)}),
    ("twice the same", "N:;Anna\nTEL:12\nTEL:12", {**ANNA, "phones": (Labelled("12"),)}),
]
NEWEST = [
    (
        "an address of a phone",
        "FN:Anna\nTEL;VALUE=uri;TYPE=cell:tel:+45-87-65;ext=12",
        {**ANNA, "phones": (Labelled("+45-87-65 ext. 12", "Mobile"),)},
    ),
    (
        "choices in order",
        "FN:Anna\nEMAIL;PREF=2:b@x\nEMAIL;PREF=1:a@x",
        {**ANNA, "emails": (Labelled("a@x"), Labelled("b@x"))},
    ),
    ("a birthday without a year", "FN:Anna\nBDAY:--0215", {**ANNA, "birthday": "--02-15"}),
    ("a birthday without hyphens", "FN:Anna\nBDAY:19620215", {**ANNA, "birthday": "1962-02-15"}),
    (
        "two scripts",
        "FN:Anna\nN;ALTID=1;LANGUAGE=da:Holm;Anna\nN;ALTID=1;LANGUAGE=el:Χ;Α",
        {**ANNA, "last_name": "Holm", "extra": ("X-OTHER-NAME;ALTID=1;LANGUAGE=el:Χ;Α",)},
    ),
    ("a firm by kind", "KIND:org\nFN:Sy & Co.", {"organization": "Sy & Co."}),
    (
        "what is new",
        "FN:Anna\nGENDER:F\nLANG:da\nRELATED;TYPE=friend;VALUE=text:Bo",
        {**ANNA, "extra": ("GENDER:F", "LANG:da", "RELATED;TYPE=friend;VALUE=text:Bo")},
    ),
    (
        "an address written out",
        'FN:Anna\nADR;LABEL="Vej 1\\n8000 Aarhus":;;;;;;',
        {**ANNA, "street": "Vej 1, 8000 Aarhus"},
    ),
]
