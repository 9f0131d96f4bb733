"""The address of an index in a cluster.

1. It names hosts, an index and how that is divided.
2. What is not understood is refused by a sentence with the cure, which repeats no password.
"""

import pytest

from search.engines.opensearch.address import Address
from search.errors import SettingsError


def test_1_an_address() -> None:
    assert Address.parse("opensearch+http://10.0.0.1:9200/letters") == Address(
        ("10.0.0.1:9200",), secured=False, name="letters"
    )
    url = "opensearch+https://a.example:9200,[::1]:9201,a.example:9200/my_letters-1.0?shards=3&replicas=0"
    assert Address.parse(url) == Address(
        ("a.example:9200", "[::1]:9201"), secured=True, name="my_letters-1.0", shards=3, replicas=0
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("opensearch:letters", r"has the form .*such as opensearch\+http://"),
        ("opensearch+http:letters", "has the form"),
        ("opensearch+ftp://a:9200/letters", "has the form"),
        ("opensearch+http://a:9200/letters/more", "has the form"),
        ("opensearch+http://a:9200", "has the form"),
        ("opensearch+http://a/letters", "'a' .* is no HOST:PORT"),
        ("opensearch+http://a:9200,/letters", "'' .* is no HOST:PORT"),
        ("opensearch+http://a:0/letters", "is no HOST:PORT"),
        ("opensearch+http://a:99999/letters", "is no HOST:PORT"),
        ("opensearch+http://a b:9200/letters", "is no HOST:PORT"),
        ("opensearch+http://a:9200/", "cannot be the name"),
        ("opensearch+http://a:9200/Letters", "cannot be the name .* a-z"),
        ("opensearch+http://a:9200/_all", "cannot be the name"),
        ("opensearch+http://a:9200/a,b", "cannot be the name"),
        ("opensearch+http://a:9200/a*", "cannot be the name"),
        (f"opensearch+http://a:9200/{'a' * 201}", "up to 200"),
        ("opensearch+http://a:9200/a?shard=3", "'shard' .* is no option; there are shards, replicas"),
        ("opensearch+http://a:9200/a?shards=0", "shards .* is a whole number"),
        ("opensearch+http://a:9200/a?shards=many", "not 'many'"),
        ("opensearch+http://a:9200/a?replicas=-1", "replicas"),
    ],
)
def test_2_what_is_not_understood(url: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Address.parse(url)


@pytest.mark.parametrize("scheme", ["opensearch+http", "opensearch+https"])
def test_2_a_password_in_an_address(scheme: str) -> None:
    with pytest.raises(SettingsError, match="OPIS_OPENSEARCH_PASSWORD") as raised:
        Address.parse(f"{scheme}://admin:secret@a:9200/letters")
    assert "secret" not in str(raised.value)
