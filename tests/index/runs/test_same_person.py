"""Names that may be one person's: right candidates, and none that are certainly two, or no persons."""

import pytest

from index.runs.health.same_person import name_candidates


@pytest.mark.parametrize(
    "names",
    [
        ("DE GAULLE, Charles", "Charles de Gaulle"),
        ("Mr. Acheson", "Dean Acheson"),
        ("V.M. Molotov", "Molotov", "Molotov, V."),
        ("A. J. Berg", "A.J. Berg", "Anna Berg"),
        ("Müller, Karl", "Karl Mueller", "K. Müller"),
        ("N. Razuvaev", "N. Razuvayev"),
        ("A. Vyshinsky", "A. Vyshinskii"),
        ("Cyrus R. Vance", "Cyrus Vance"),
        ("Charles Smith, Jr.", "Charles Smith"),
        ("Berg", "Colonel Berg"),
        ("José Peña", "Jose Pena"),
        ("G[eorge] Kennan", "George Kennan"),
    ],
)
def test_one_person(names: tuple[str, ...]) -> None:
    assert name_candidates(names) == (tuple(sorted(names)),)


@pytest.mark.parametrize(
    "names",
    [
        ("Fifth Meeting of the Board", "Fourth Meeting of the Board"),
        ("Fifth Meeting", "Fourth Meeting"),
        ("John C. Ross", "John G. Ross"),
        ("Anna Berg", "Karl Berg", "Berg", "Mr. Berg Holm"),
        ("John Smith", "James Smith", "J. Smith"),
        ("Embassy in Ghana", "Embassy to Ghana"),
        ("Economic Committee", "Executive Committee"),
        ("Mr. Seward to Mr. Stoeckl", "Mr. Stoeckl and others"),
        ("Minister of Foreign Affairs", "Secretary of Foreign Affairs"),
        ("Anna Holm", "Anna Berg"),
        ("Orlova", "Anton Orlov"),
        ("Wu", "Zhou Wu"),
        ("", ",", "(x)", ".", "-"),
    ],
)
def test_nobody_or_two(names: tuple[str, ...]) -> None:
    assert name_candidates(names) == ()


def test_an_initial_belongs_to_the_one_whom_it_fits() -> None:
    names = ["A. Smith", "B. Smith", "Smith", "Bob Smith", "Kim"]
    assert name_candidates(names) == (("B. Smith", "Bob Smith"),)
