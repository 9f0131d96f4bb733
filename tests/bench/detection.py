"""`make evaluate`: is the language of texts detected? On paragraphs of manual pages in 25 languages.

Paragraphs that are no running text of their page's language are left out: those that stayed in English or in
another script, and those of options and formulas, in which a quarter of the words are not of letters alone.
A second table has, for each language as the default of an archive, the paragraphs that are plainly in it.
Of the collections on OPIS_DATA, documents given another language than English are listed.
"""

import gzip
import json
import os
import random
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.metadata.plain_language import is_plainly
from index.metadata.text_language import TextLanguages, detect
from search.document import Document
from tests.bench.manpages import COMPANY, COMPARED, NoManpagesError, Page, pages_of

PACKAGES = {
    "english": "manpages", **COMPARED, **COMPANY, "chinese": "manpages-zh", "czech": "manpages-cs",
    "danish": "manpages-da", "finnish": "manpages-fi", "greek": "manpages-el", "hungarian": "manpages-hu",
    "indonesian": "manpages-id", "japanese": "manpages-ja", "macedonian": "manpages-mk",
    "norwegian": "manpages-nb", "portuguese": "manpages-pt-br", "romanian": "manpages-ro",
    "serbian": "manpages-sr", "swedish": "manpages-sv", "turkish": "manpages-tr",
    "ukrainian": "manpages-uk", "vietnamese": "manpages-vi",
}  # fmt: skip
SIZES = (50, 100, 200, 1000)
WRONG = 0.01
"""The goal: of the paragraphs of 200 characters whose language is said, how many may be wrong."""

_OF_EACH = 200  # paragraphs of a size and language
_ENGLISH = frozenset(
    {"the", "of", "and", "to", "for", "with", "this", "that", "are", "be", "from", "by", "is", "or"}
)
_OTHER_SCRIPTS = {"Chinese", "Greek", "Japanese", "Macedonian", "Russian", "Serbian", "Ukrainian"}
_MARKS = ".,;:!?«»„“”\"'。、，"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Detected:
    """A paragraph, its language, and the language that was detected: "" where that was unsure."""

    text: str
    language: str
    found: str

    @property
    def wrong(self) -> bool:
        return bool(self.found) and self.found != self.language


def is_running_text(text: str, language: str) -> bool:
    """Whether a paragraph is words of its page's language, by its letters and by English stop words."""
    pieces = text.split()
    words = [piece for piece in pieces if _WORD.fullmatch(piece.strip(_MARKS))]
    if 4 * len(words) < 3 * len(pieces):
        return False
    if language in _OTHER_SCRIPTS and 2 * sum(map(str.isascii, text)) > len(text):
        return False
    english = sum(word.lower() in _ENGLISH for word in words)
    return language == "English" or 10 * english < len(words)


def paragraphs(pages: Iterable[Page], size: int) -> Iterator[tuple[str, str]]:
    """Beginnings of paragraphs with their language: `size` characters to the end of a word."""
    rest = random.Random(size)
    of_language: dict[str, list[str]] = {}
    for page in pages:
        name = page.language.capitalize()
        parts = [" ".join(part.split()) for part in page.text.split("\n\n")]
        running = [part for part in parts if is_running_text(part, name)]
        of_language.setdefault(name, []).extend(["\n\n".join(running)] if size > 200 else running)
    for name, texts in sorted(of_language.items()):
        long = sorted({text for text in texts if len(text) >= size})
        for text in rest.sample(long, min(len(long), _OF_EACH)):
            cut = text[: size + 1].rpartition(" ")[0]
            yield (cut if len(cut) > size // 2 else text[:size]), name


def measured(pages: Sequence[Page], size: int) -> tuple[list[Detected], float]:
    """What is detected in paragraphs of a size, and the microseconds of processor time that each took."""
    texts = list(paragraphs(pages, size))
    started = time.process_time()
    found = [detect(text) for text, _ in texts]
    micros = (time.process_time() - started) / max(1, len(texts)) * 1e6
    return [Detected(text, name, one) for (text, name), one in zip(texts, found, strict=True)], micros


def rows(results: Mapping[int, tuple[Sequence[Detected], float]]) -> Iterator[str]:
    """A table: a line for each size."""
    yield "| characters | paragraphs | said | of these wrong | µs each |"
    yield "|---|---|---|---|---|"
    for size, (all_, micros) in results.items():
        said = [one for one in all_ if one.found]
        wrong = sum(one.wrong for one in said)
        share = f"{wrong / max(1, len(said)):.2%}"
        yield f"| {size:,} | {len(all_):,} | {len(said) / max(1, len(all_)):.1%} | {share} | {micros:.0f} |"


def plain_rows(results: Mapping[int, tuple[Sequence[Detected], float]]) -> Iterator[str]:
    """A table: for each language, how many of its longest paragraphs are plainly in it, and of all others."""
    yield "| default language | of its paragraphs | plainly in it | of all others |"
    yield "|---|---|---|---|"
    every = [one for found, _ in results.values() for one in found]
    longest = results[max(results)][0]
    for name in sorted({one.language for one in longest}):
        own = [is_plainly(one.text, name) for one in longest if one.language == name]
        others = sum(is_plainly(one.text, name) for one in every if one.language != name)
        yield f"| {name} | {len(own)} | {sum(own)} | {others} |"


def of_other_languages(file: Path) -> tuple[int, list[str]]:
    """The number of the documents of a file, and those in another language than English."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    language_of = TextLanguages().of
    found = [
        (one, language_of(Document(one["id"], "", one["body"], summary=one["summary"]))) for one in documents
    ]
    return len(found), [
        f"{language}: {document['id']}, {document['body'][:60]!r}"
        for document, language in found
        if language not in {"", "English"}
    ]


def main() -> None:
    print("\nThe language of texts, detected\n")
    try:
        pages = pages_of(PACKAGES)
    except NoManpagesError as error:
        print(f"Not measured: {error}.")
        return
    results = {size: measured(pages, size) for size in SIZES}
    print("\n".join(rows(results)))
    print("\n".join(["", *plain_rows(results), ""]))
    for one in results[200][0]:
        if one.wrong:
            print(f"  {one.language} taken for {one.found}: {one.text}")
    if data := os.environ.get("OPIS_DATA"):
        for name in ("frus", "relevance/cacm", "relevance/cranfield"):
            count, others = of_other_languages(Path(data, name, "docs.jsonl.gz"))
            print(f"{name}: {count:,} documents, {len(others)} in another language than English")
            print("".join(f"  {line}\n" for line in others), end="")


if __name__ == "__main__":
    main()
