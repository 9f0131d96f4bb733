"""Whoosh pickles its field types by name, so a name once written must be readable for good.

1. A field type that the first version pickled is read as what it is called today.
"""

import pickle

from search.engines.whoosh.fields import Positions


def test_1_the_name_of_the_first_version_is_read() -> None:
    written = pickle.dumps(Positions(), protocol=0).replace(b"fields\nPositions\n", b"fields\nPlaces\n")
    assert b"fields\nPlaces\n" in written
    assert type(pickle.loads(written)) is Positions  # noqa: S301 - written above
