"""The tokenizer and the stemmers as NLTK's: for programs that study with NLTK what Opis has found.

Nothing else imports NLTK, since that takes a third of a second and 16 MB.
"""

from nltk.stem.api import StemmerI
from nltk.tokenize.api import TokenizerI

from search.analysis.stemmer import SnowballStemmer
from search.analysis.tokenizer import WordTokenizer


class NltkTokenizer(WordTokenizer, TokenizerI):  # type: ignore[misc]
    """The words of texts as Opis finds them, by the methods of NLTK's TokenizerI."""


class NltkStemmer(SnowballStemmer, StemmerI):  # type: ignore[misc]
    """The Snowball stemmer of a language, given by its English name, as NLTK's StemmerI."""
