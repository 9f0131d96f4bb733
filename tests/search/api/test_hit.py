"""A hit has the keys that the parameter `fields` chooses from, in the same order."""

from search.api.hit import HitPayload
from search.parameters.question import HIT_KEYS


def test_keys_of_a_hit() -> None:
    assert HitPayload.__struct_fields__ == HIT_KEYS
