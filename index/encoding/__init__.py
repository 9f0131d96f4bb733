"""In which encoding is a text written? By its mark, as UTF-8, as declared, else as its letters tell."""

from index.encoding.decoding import ESCAPE as ESCAPE
from index.encoding.decoding import Decoded as Decoded
from index.encoding.decoding import decode as decode
from index.encoding.decoding import decode_declared as decode_declared
from index.encoding.decoding import decode_text as decode_text
from index.encoding.decoding import marked_encoding as marked_encoding
from index.encoding.guess import guess_utf16 as guess_utf16
