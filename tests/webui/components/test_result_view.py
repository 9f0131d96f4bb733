"""A result as a page lists it.

1. A title is marked where it matches.
2. A title as long as a text is cut, and its matches are marked up to there.
3. Title and passages say their language where it is not that of the page; an English title of a Russian
   text does not, nor do names of persons.
4. Without a query, a result shows how its document begins, if that has a letter.
5. With a query it shows the passages that match: those that say most, or in the full view all.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search.answer import DocumentHit, Highlight
from search.document import Document
from search.request import Question
from search.schema import Schema
from webui.components.result_view import ResultView, Snippet, result_views
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


def test_4_without_a_query_a_result_shows_how_it_begins_if_that_has_words() -> None:
    letters, figures = (Highlight("body", text) for text in ("Dear Sir", "1 · 186"))
    assert [
        view_of(DocumentHit(Document("d", "t"), 0.0, (found,))).snippets for found in (letters, figures)
    ] == [
        (Snippet("", Markup("Dear Sir")),),
        (),
    ]


def test_5_with_a_query_only_what_matches_all_of_it_in_the_full_view() -> None:
    marked = [Highlight("body", f"{number} war", ((2, 5),), 1) for number in range(3)]
    hit = DocumentHit(Document("d", "t"), 1.0, (Highlight("body", "186"), *marked), matches=7)
    state = SearchState(Question("war"))
    [compact] = result_views([hit], state, Schema())
    assert [len(compact.snippets), len(compact.unfolded)] == [1, 2]
    assert (compact.matches, compact.match_url) == (7, "/documents/d?q=war#hit-1")
    [full] = result_views([hit], state.viewing("full"), Schema())
    assert [len(full.snippets), len(full.unfolded)] == [3, 0]
    assert full.url == "/documents/d?q=war&view=full"
