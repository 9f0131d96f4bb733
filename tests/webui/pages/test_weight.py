"""A page of results is light: its HTML, styles and scripts are 60 KB in all, before any compression."""

from tests.archive import document

MOST_BYTES = 60 * 1024
SENTENCE = "The ambassador spoke with the minister about the line of demarcation and the prisoners. "


def test_a_full_page_of_results_is_light(get, make_client):
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
