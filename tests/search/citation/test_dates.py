"""How dates stand in citations: never more exact than their source.

1. A date in words, as CSL-JSON and as EDTF.
2. Undated documents have no date in any format but the word.
"""

import pytest

from index.metadata.dates import parse_date
from search.citation.csl import CslDate
from search.citation.dates import chicago_date, csl_date
from search.citation.edtf import csl_edtf, edtf

CASES = """
July 4, 1953             | July 4, 1953                  | 1953-7-4          | 1953-07-04
4 июля 1953 г.           | July 4, 1953                  | 1953-7-4          | 1953-07-04
[July 4, 1953]           | [July 4, 1953]                | 1953-7-4          | 1953-07-04
May 12, [1871]           | May 12, [1871]                | 1871-5-12         | 1871-05-12
July 1953                | July 1953                     | 1953-7            | 1953-07
1953                     | 1953                          | 1953              | 1953
circa July 1953          | circa July 1953               | ~1953-7           | 1953-07~
ca. 10 July 1951         | circa July 10, 1951           | ~1951-7-10        | 1951-07-10~
c. 44 BC                 | circa 44 BC                   | ~-44              | -0043~
[1951?]                  | [1951?]                       | ~1951             | 1951?
July 1951?               | [July 1951?]                  | ~1951-7           | 1951-07?
10-12 July 1951          | July 10–12, 1951              | 1951-7-10 1951-7-12 | 1951-07-10/1951-07-12
30 July - 2 August 1951  | July 30–August 2, 1951        | 1951-7-30 1951-8-2 | 1951-07-30/1951-08-02
Dec 1951-Jan 1952        | December 1951–January 1952    | 1951-12 1952-1    | 1951-12/1952-01
1951-1953                | 1951–1953                     | 1951 1953         | 1951/1953
circa 1951-1953          | circa 1951–1953               | ~1951 1953        | 1951~/1953~
between 1951 and 1953    | between 1951 and 1953         | 1951 1953         | 1951/1953
[1951..1953]             | between 1951 and 1953         | 1951 1953         | 1951/1953
1950s                    | 1950s                         | 1950 1959         | 195X
early 1950s              | early 1950s                   | "early 1950s      | 1950~/1953~
late July 1953           | late July 1953                | "late July 1953   | 1953-07~
spring 1951              | spring 1951                   | "spring 1951      | 1951~
18th century             | 18th century                  | "18th century     | 1701/1800
04/07/1951               | 04/07/1951                    | "04/07/1951       | 1951?
1951 or 1952             | 1951 or 1952                  | "1951 or 1952     | 1951?/1952?
before 1800              | before 1800                   | "before 1800      | ../1799
after 1945               | after 1945                    | "after 1945       | 1946/..
15 March 44 BC           | March 15, 44 BC               | -44-3-15          | -0043-03-15
500 BC to 400 BC         | 500 BC–400 BC                 | -500 -400         | -0499/-0399
AD 44                    | AD 44                         | 44                | 0044
sometime in spring       | sometime in spring            | "sometime in spring |
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_1_dates(case: str) -> None:
    written, words, csl, extended = (cell.strip() for cell in case.split("|"))
    date = parse_date(written)
    assert date is not None
    assert chicago_date(date) == words
    assert _short(csl_date(date)) == csl
    assert edtf(date) == extended


def _short(date: CslDate | None) -> str:
    """The parts of each day, `~` before a date that is circa, and `"` before a literal."""
    assert date is not None
    if "literal" in date:
        return f'"{date["literal"]}'
    return ("~" if date.get("circa") else "") + " ".join(
        "-".join(map(str, part)) for part in date["date-parts"]
    )


def test_2_undated() -> None:
    assert (chicago_date(None), csl_date(None), edtf(None)) == ("[undated]", None, "")
    assert csl_edtf({"literal": "late July"}) == ""
