"""Whoosh pickles its field types by name, so a name once written must be readable for good.

1. A field type that the first version pickled is read as what it is called today.
2. A codec that segments before format 11 pickled is read as Whoosh's own.
"""

import pickle

from whoosh.codec.whoosh3 import W3Codec

from search.engines.whoosh.fields import Positions


def test_1_the_name_of_the_first_version_is_read() -> None:
    written = pickle.dumps(Positions(), protocol=0).replace(b"fields\nPositions\n", b"fields\nPlaces\n")
    assert b"fields\nPlaces\n" in written
    assert type(pickle.loads(written)) is Positions  # noqa: S301 - written above


def test_2_the_name_of_an_earlier_codec_is_read() -> None:
    named = b"search.engines.whoosh.writer\n_Codec\n"
    written = pickle.dumps(W3Codec(), protocol=0).replace(b"whoosh.codec.whoosh3\nW3Codec\n", named)
    assert named in written
    assert isinstance(pickle.loads(written), W3Codec)  # noqa: S301 - written above
