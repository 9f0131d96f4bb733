"""A result as a page lists it.

1. A title is marked where it matches.
2. A title as long as a text is cut, and its matches are marked up to there.
3. Title and passages say their language where it is not that of the page; an English title of a Russian
   text does not, nor do names of persons.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search.answer import DocumentHit, Highlight
from search.document import Document
from search.request import Question
from search.schema import Schema
from webui.components.result_view import ResultView, result_views
from webui.state import SearchState


def view_of(hit: DocumentHit) -> ResultView:
    return next(result_views([hit], SearchState(Question()), Schema()))


def title_of(text: str, ranges: tuple[tuple[int, int], ...] = ()) -> Markup:
    hit = DocumentHit(Document("d", text), 1.0, (Highlight("title", text, ranges),))
    return view_of(hit).title


def test_1_marked() -> None:
    assert title_of("a <b> c", ((2, 5),)) == "a <mark>&lt;b&gt;</mark> c"


def test_2_cut() -> None:
    title = title_of("war " * 100_000, ((0, 3), (4, 7), (396_000, 396_003)))
    assert title.startswith("<mark>war</mark> <mark>war</mark> war ")
    assert title.endswith("war…")
    assert len(title.striptags()) <= 501


@given(st.text("ab ", max_size=1200), st.integers(0, 1199))
def test_2_wherever_a_match_lies(text: str, start: int) -> None:
    title = title_of(text, ((start, start + 1),)) if start < len(text) else title_of(text)
    assert title.replace("<mark>", "").replace("</mark>", "") == Document("d", text).short_title


@pytest.mark.parametrize(
    ("title", "body", "text_language", "langs"),
    [
        ("Bericht", "Der Text.", "German", ("de", "de")),
        ("Report", "The text.", "English", ("", "")),
        ("Report", "A text.", "", ("", "")),
        ("Telegram from Moscow", "Телеграмма из Москвы.", "Russian", ("", "ru")),
        ("Телеграмма", "Телеграмма из Москвы.", "Russian", ("ru", "ru")),
        ("12/5", "رسالة", "Arabic", ("ar", "ar")),
        ("外務省電報", "わたしはあなたにてがみをかきました。", "Japanese", ("ja", "ja")),
    ],
)
def test_3_languages(title: str, body: str, text_language: str, langs: tuple[str, str]) -> None:
    document = Document("d", title, body, authors=("Anna",), text_language=text_language)
    marked = (Highlight("author", "Anna", ((0, 4),)), Highlight("body", body, ()))
    view = view_of(DocumentHit(document, 1.0, marked))
    assert (view.title_lang, view.snippets[1].lang) == langs
    assert not view.snippets[0].lang


def test_3_of_a_summary_where_there_is_no_text() -> None:
    document = Document("d", "Bericht", summary="Ein Bericht.", text_language="German")
    view = view_of(DocumentHit(document, 1.0, ()))
    assert view.title_lang == "de"
