"""Which part of a name is the family's.

1. A name of which it is certain is taken apart, in any order and script.
2. Every other name is a literal, as it is written.
3. A name that was taken apart is read as it was written.
4. What stands in place of an unknown name is no name.
"""

import pytest

from search.citation.names import csl_name, direct, family_of, inverted, is_nobody

TAKEN_APART = {
    "V.M. Molotov": "Molotov, V.M.",
    "M. F. Maury": "Maury, M. F.",
    "Molotov, V. M.": "Molotov, V. M.",
    "Molotov V.M.": "Molotov, V.M.",
    "MOLOTOV, V. M.": "MOLOTOV, V. M.",
    "В. М. Молотов": "Молотов, В. М.",
    "Молотов В.М.": "Молотов, В.М.",
    "Вячеслав Михайлович Молотов": "Молотов, Вячеслав Михайлович",
    "Молотов Вячеслав Михайлович": "Молотов, Вячеслав Михайлович",
    "Andrei Mefodievich Ledovskii": "Ledovskii, Andrei Mefodievich",
    "Yu. V. Andropov": "Andropov, Yu. V.",
    "Robert W. Komer": "Komer, Robert W.",
    "G. Frederick Reinhardt": "Reinhardt, G. Frederick",
    "T. P. O'Neill": "O'Neill, T. P.",
    "J.-P. Sartre": "Sartre, J.-P.",
    "C. de Gaulle": "de Gaulle, C.",
    "Gaulle, Charles de": "de Gaulle, Charles",
    "Goethe, Johann Wolfgang von": "Goethe, Johann Wolfgang von",
    "von Goethe, Johann Wolfgang": "von Goethe, Johann Wolfgang",
    "Berg, Anna von der": "Berg, Anna von der",
    "L. M. de Souza Dantas": "de Souza Dantas, L. M.",
    "W. E. B. Du Bois": "Du Bois, W. E. B.",
    "Henry A. Kissinger Jr.": "Kissinger, Henry A., Jr.",
    "King, Martin Luther, Jr.": "King, Martin Luther, Jr.",
    "Smith, Adam": "Smith, Adam",
    "al-Husseini, Amin": "al-Husseini, Amin",
    "M. A. el-Sadat": "el-Sadat, M. A.",
    "Ortega y Gasset, José": "Ortega y Gasset, José",
    "d'Estaing, Valéry Giscard": "d'Estaing, Valéry Giscard",
    "St. Laurent, Louis S.": "St. Laurent, Louis S.",
    "'t Hooft, Gerard": "'t Hooft, Gerard",
    "Herbert Hoover, Jr": "Hoover, Herbert, Jr.",
    "Anna Berg": "Berg, Anna",
    "Harold Saunders": "Saunders, Harold",
    "Anna Maria Berg": "Berg, Anna Maria",
    "Anna Maria von der Berg": "von der Berg, Anna Maria",
}
LITERAL = """
Mao Zedong|毛泽东|Kim Il Sung|Ho Chi Minh|Chou En-lai|Syngman Rhee|محمد نجيب|Vas'kov|Filippov (Stalin)|Peter
d'Avila|Department of State|Embassy in the Soviet Union|U.S. Embassy|U.N. Command|J. P. Morgan & Co
Ministry of Defense, USSR|Mr. E. B. Washburne|Gen. Townsend|St. Laurent|H. R. B|Michael V.
G. Brigadier General, USA|Senator Henry M. Jackson
John Henry|George Washington University|Josip Tito
M. Jules Favre|Colonel Lawrence J. Legere|CLAASSEN, Pilot Commander|Elmer B. Staats Executive Officer
Gabriel J. García Márquez|J. P. Morgan Chase|Leo XIII|Louis XIV|H.R.H. Prince Philip
ROBERT H. PRUYN, Minister Resident in Japan|President's Assistant for National Security Affairs (Brzezinski)
"""


@pytest.mark.parametrize("name", TAKEN_APART)
def test_1_taken_apart(name: str) -> None:
    assert "family" in csl_name(name)
    assert inverted(csl_name(name)) == TAKEN_APART[name]


@pytest.mark.parametrize("name", [name for line in LITERAL.split("\n") for name in line.split("|") if name])
def test_2_literal(name: str) -> None:
    assert csl_name(name) == {"literal": name}
    assert direct(csl_name(name)) == inverted(csl_name(name)) == name


@pytest.mark.parametrize(
    "name", [name for name in TAKEN_APART if "," not in name and ". " not in name[-9:-4]]
)
def test_3_read_as_written(name: str) -> None:
    assert sorted(direct(csl_name(name)).split()) == sorted(name.split())


@pytest.mark.parametrize(
    "text", ["unknown", "[Unknown]", "(illegible)", "N/A", "Anon.", "[s.n.]", "Неизвестен", "不明"]
)
def test_4_nobody(text: str) -> None:
    assert is_nobody(text)


@pytest.mark.parametrize(
    "text", ["Na", "U. Nknown", "Unknown Soldier", "Anonymous of Rouen", "Noname", "佚名氏"]
)
def test_4_somebody(text: str) -> None:
    assert not is_nobody(text)


def test_3_where_the_source_puts_a_particle() -> None:
    name = csl_name("Goethe, Johann Wolfgang von")
    assert name == {"family": "Goethe", "given": "Johann Wolfgang", "dropping-particle": "von"}
    assert direct(name) == "Johann Wolfgang von Goethe"
    assert family_of(name) == "von Goethe"
