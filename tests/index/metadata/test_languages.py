"""Header blocks in other languages.

1. Labels, months and weekdays of several languages are understood.
2. Labels that are common words count only beside others.
"""

from pathlib import Path

import pytest

from index.extracted import Extracted
from index.formats.text import passages
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import SourceFile
from search.calendar import day_number
from search.document import Document

LABELS = Labels()

BLOCKS = """
Von | An | Datum | 12. Mai 1871 | Betreff
Absender | Empfänger | Datum | Freitag, den 12. Mai 1871 | Betr.
De | À | Date | 12 mai 1871 | Objet
Expéditeur | Destinataire | Date | vendredi 12 mai 1871 | Objet
De | Pour | Date | le 12 mai 1871 | Objet
De | Para | Fecha | 12 de mayo de 1871 | Asunto
Da | A | Data | 12 maggio 1871 | Oggetto
От | Кому | Дата | 12 мая 1871 г. | Тема
От кого | Кому | Дата | пятница, 12 мая 1871 | Тема
Van | Aan | Datum | vrijdag 12 mei 1871 | Onderwerp
Från | Till | Datum | den 12 maj 1871 | Ämne
Fra | Til | Dato | 12. maj 1871 | Emne
Od | Do | Data | 12 maja 1871 r. | Temat
De | Para | Data | 12 de maio de 1871 | Assunto
Od | Komu | Datum | 12. května 1871 | Předmět
Remitent | Destinatari | Data | 12 de maig de 1871 | Assumpte
Lähettäjä | Vastaanottaja | Päiväys | 12. toukokuuta 1871 | Aihe
Saatja | Saaja | Kuupäev | 12. mai 1871 | Teema
Feladó | Címzett | Dátum | 1871. május 12. | Tárgy
Pošiljatelj | Primatelj | Datum | 12. svibnja 1871. | Predmet
Пошиљалац | Прималац | Датум | 12. маја 1871. | Предмет
Від | Кому | Дата | 12 травня 1871 р. | Тема
Expeditor | Destinatar | Data | 12 mai 1871 | Subiect
Από | Προς | Ημερομηνία | 12 Μαΐου 1871 | Θέμα
Gönderen | Alıcı | Tarih | 12 Mayıs 1871 | Konu
Siuntėjas | Gavėjas | Data | 1871 m. gegužės 12 d. | Tema
Igorlea | Hartzailea | Data | 1871ko maiatzaren 12a | Gaia
Pengirim | Penerima | Tanggal | 12 Mei 1871 | Perihal
Sendinto | Ricevonto | Dato | 12 majo 1871 | Temo
"""


def document(text: str) -> Document:
    file = SourceFile("/x", "a.txt", Path("/x/a.txt"))
    return understand(Extracted(passages(text)), file, LABELS).document


@pytest.mark.parametrize("line", BLOCKS.strip().splitlines())
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("colon", [": ", " : "])
def test_1_blocks(line: str, gap: str, colon: str) -> None:
    sender, recipient, dated, date, subject = (cell.strip() for cell in line.split("|"))
    values = {sender: "Anna Berg", recipient: "Karl Holm", dated: date, subject: "Aqua"}
    block = gap.join(f"{label}{colon}{value}" for label, value in values.items())
    found = document(f"{block}\n\nFluxit aqua nocte.\n\nFunis deest.")
    assert (found.title, found.body) == ("Aqua", "Fluxit aqua nocte.\n\nFunis deest.")
    assert (found.authors, found.recipients) == (("Anna Berg",), ("Karl Holm",))
    assert found.date is not None
    assert found.date.earliest_iso == found.date.latest_iso == "1871-05-12"


@pytest.mark.parametrize(
    "labels",
    [
        ("Zitierweise", "Zusammenfassung", "Sprache", "Inhalt"),
        ("Comment citer", "Résumé", "Langue", "Contenu"),
        ("Citación", "Resumen", "Idioma original", "Contenido"),
        ("Citazione", "Riassunto", "Lingua", "Contenuto"),
        ("Как цитировать", "Аннотация", "Язык оригинала", "Содержание"),
    ],
)
def test_1_blocks_of_web_archives(labels: tuple[str, ...]) -> None:
    values = ("Annales, 12.", "De aqua.", "Latin", "Fluxit aqua nocte.")
    block = "\n\n".join(f"{label}:\n\n{value}" for label, value in zip(labels, values, strict=True))
    found = document(f"1871-05-12\n\nAqua\n\n{block}")
    assert (found.title, found.body, found.summary) == ("Aqua", "Fluxit aqua nocte.", "De aqua.")
    assert (found.citation, found.language) == ("Annales, 12.", "Latin")


@pytest.mark.parametrize(
    "text",
    [
        "De: first point\nA: second point\n\nText of it.",
        "A: Anna\nB: Karl\n\nText of it.",
        "Do: open the gate.\n\nText of it.",
        "Title: Signs\nA: the first letter\n\nText of it.",
        "Data: none\n\nText of it.",
        "Title: Soil\nData: 5 samples\n\nText of it.",
    ],
)
def test_2_common_words(text: str) -> None:
    found = document(text)
    assert (found.authors, found.recipients, found.date) == ((), (), None)
    assert all(word in f"{found.title} {found.body}" for word in text.replace("Title:", "").split())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tytuł: List do matki\nData: 12 listopada 1951\n\nKochana mamo.", "1951-11-12"),
        ("Titolo: Alla madre\nData: 3 maggio 1916\n\nCara mamma.", "1916-05-03"),
        ("Od: Jan Kot\nDo: Anna Lis\nData: 3 maja 1946\n\nDroga Anno.", "1946-05-03"),
    ],
)
def test_2_a_common_word_for_date_with_a_date(text: str, day: str) -> None:
    found = document(text)
    assert found.date
    assert found.date.earliest == found.date.latest == day_number(*map(int, day.split("-")))
    assert "Data" not in f"{found.title} {found.body}"
