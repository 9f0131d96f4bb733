"""A page of results is light: its HTML, styles and scripts are 60 KB in all, before any compression."""

from search.document import Document
from tests.archive import document
from tests.webui.html_page import Get, MakeClient

MOST_BYTES = 60 * 1024
SENTENCE = "The ambassador spoke with the minister about the line of demarcation and the prisoners. "


def test_a_full_page_of_results_is_light(get: Get, make_client: MakeClient) -> None:
    documents = [
        document(
            f"telegram-{n:02}",
            "\n\n".join(f"{n}{i}. {SENTENCE}" for i in range(5)),
            title=f"Telegram {n} from the Ambassador in the People's Republic of China to the Minister",
            authors=[f"Ambassador N. N. Writer {n}"],
            date=f"{1900 + n}-07-04",
        )
        for n in range(20)
    ]
    client = make_client(*documents)
    page = get("/search?q=ambassador+minister+demarcation+prisoners", client=client)
    assert len(page.all("mark")) >= 100
    addresses = [
        *(tag["href"] for tag in page.all("link", rel="stylesheet")),
        *(tag["src"] for tag in page.all("script")),
    ]
    weight = len(page.html.encode())
    for address in addresses:
        with client.get(address) as response:
            weight += len(response.data)
    assert weight <= MOST_BYTES, f"{weight:,} bytes"


def test_a_full_results_page_is_small(make_client: MakeClient) -> None:
    many = [
        Document(f"d{n}", f"Telegram {n} on the armistice", "Long talks. " * 60, authors=(f"A{n}",))
        for n in range(60)
    ]
    client = make_client(*many)
    page = client.get("/search?q=armistice+talks&per_page=10&facet_limit=10").data
    assets = [
        client.get(f"/static/{name}", buffered=True).data
        for name in ("opis.css", "reading.js", "favicon.svg")
    ]
    assert len(page) + sum(map(len, assets)) < MOST_BYTES
