"""In which language are a document's words read aloud? As a tag of BCP 47: `de` for German."""

from collections import Counter
from functools import lru_cache
from itertools import islice
from unicodedata import name as character_name

from search.document import Document
from search.vocabulary.languages import language_tag

_LOOKED_AT = 200  # characters of which a script is told
_JAPANESE = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}  # a title may have but one of the three scripts of a text


def text_tag(document: Document) -> str:
    """The language of a document's text and summary; empty if it is not known."""
    return language_tag(document.text_language)


def title_tag(document: Document) -> str:
    """The language of its title: that of the text, unless the title is in another script."""
    text = document.body or document.summary
    return text_tag(document) if _script(document.title) in {"", _script(text)} else ""


def _script(text: str) -> str:
    """The script of most of the first letters: `LATIN`; empty without letters."""
    scripts: Counter[str] = Counter()
    for letter, count in Counter(islice(filter(str.isalpha, text), _LOOKED_AT)).items():
        scripts[_script_of(letter)] += count
    return max(scripts, key=scripts.__getitem__, default="")


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    """The script of a letter, by the name of the character."""
    script = character_name(letter, "").partition(" ")[0]
    return _JAPANESE.get(script, script)
