"""NLTK is for programs that ask for it.

1. The tokenizer and the stemmers are those of its interfaces, and need none of its data.
2. A search loads nothing of it, which would take a third of a second.
"""

import subprocess
import sys

import nltk.data
import pytest
from nltk.stem.api import StemmerI
from nltk.tokenize.api import TokenizerI

from search import NltkStemmer, NltkTokenizer
from search.analysis.analyzer import Analyzer


def test_1_they_are_a_tokenizer_and_a_stemmer_of_nltk() -> None:
    tokenizer, stemmer = NltkTokenizer(), NltkStemmer("english")
    assert isinstance(tokenizer, TokenizerI)
    assert isinstance(stemmer, StemmerI)
    assert tokenizer.tokenize_sents(["The U.N.", "peace talks"]) == [["The", "U.N."], ["peace", "talks"]]
    assert list(tokenizer.span_tokenize_sents(["Mr. Attlee"])) == [[(0, 2), (4, 10)]]
    assert stemmer.stem("negotiations") == "negoti"


def test_1_no_data_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("NLTK data was asked for")

    monkeypatch.setattr(nltk.data, "find", refuse)
    monkeypatch.setattr(nltk.data, "load", refuse)
    assert NltkTokenizer().tokenize("neuvottelut") == ["neuvottelut"]
    assert Analyzer("finnish").pairs("neuvottelut")


def test_2_a_search_loads_nothing_of_it() -> None:
    script = (
        "import sys; from search.engines import open_engine; from search.searcher import Searcher; "
        "from search.request import Question; from search.schema import Schema; "
        "Searcher(open_engine('memory:', Schema())).search(Question('talks')); "
        "sys.exit('nltk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
