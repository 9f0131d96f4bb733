"""Nothing ends a sentence that a reader would read on after."""

from itertools import pairwise

import pytest

from search.highlighting.sentences import Sentences

SENTENCES = [
    "Mr. V. M. Molotov met Gen. Clark and Amb. Panyushkin.",
    "The U.S. Government, i.e. the President, agreed at 5 p.m. on Tuesday.",
    "See vol. II, No. 84, pp. 12-13, Op. 65, and fig. 3.",
    "It cost $3.5 million (approx. Five).",
    "He said: “Stop!”",
    "“Really?” he asked.",
    "Did they sign?",
    "1. They did.",
    "2. So did we.",
    "北京。",
    "停战！",
    "Ушли в г. Киев.",
    "The delegation was\ninstructed at once.",
    "It ended in 1953.",
    "“No.”",
    "So they left.[12]",
    "Was it the U.S.?",
    "Or Mr. Green, etc.!",
    "The end…",
]
BY_LANGUAGE = {
    "German": [
        "Gem. Abs. 3, vgl. Bd. II, wurde am 3. März 1951 z. B. Hr. Dr. Adenauer bzw. Frl. Müller gehört.",
        "Das war der 19. Jahrestag usw. Allerdings nicht überall.",
        "»Nein!«",
        "Er ging.",
    ],
    "French": [
        "Voir M. Dupont, Mme Durand, MM. Blum et Cie., p. ex. Paris.",
        "Mgr. Roncalli vint (éd. Plon).",
        "Bien.",
    ],
    "Spanish": ["El Sr. Pérez, p. ej. Don Juan, y la Sra. Gómez (págs. 3 y 4).", "¿Y Ud. Vendrá?", "Sí."],
    "Italian": ["L'on. Nenni e il sig. Rossi, cfr. Vol. II, pag. 12.", "Disse di no.", "Poi uscì."],
    "Russian": [
        "В 1951 г. Москва, т. е. Кремль, им. Ленина, ул. Горького, см. Том 2.",
        "Проф. Иванов ушёл.",
        "Всё.",
    ],
    "Polish": ["Dnia 3. Maja por. Nowak, tzw. Stary, poszedł na ul. Długą, nr. 5.", "Koniec."],
    "Hindi": ["वह गया।", "फिर आया।"],
    "Arabic": ["هل ذهب؟", "نعم."],
}


@pytest.mark.parametrize("text_language", ["", "English", "German", "Finnish", "Latin"])
def test_sentences(text_language: str) -> None:
    assert sentences(" ".join(SENTENCES), text_language) == SENTENCES


@pytest.mark.parametrize("text_language", BY_LANGUAGE)
def test_sentences_in_languages(text_language: str) -> None:
    assert sentences(" ".join(BY_LANGUAGE[text_language]), text_language) == BY_LANGUAGE[text_language]


def test_an_abbreviation_of_one_language_is_a_word_of_another() -> None:
    """*col* is a colonel in Spanish, and *Frl* is none in English; a number ends an English sentence."""
    text = "There were 3. May was next. She took the bus. Fil was there."
    assert sentences(text, "English") == [
        "There were 3.",
        "May was next.",
        "She took the bus.",
        "Fil was there.",
    ]
    assert sentences("Det var hr. Fil. Dr. Berg.", "Swedish") == ["Det var hr. Fil. Dr. Berg."]


def sentences(text: str, text_language: str) -> list[str]:
    found = Sentences(text, text_language)
    ends = {offset for offset, _ in filter(found.ended_by, found.stops(0, len(text)))}
    cuts = sorted({0, *ends, len(text)})
    return [text[start:end].strip() for start, end in pairwise(cuts)]
