"""What days a written date allows.

1. Each form of the table gives its earliest and latest day and its certainty.
2. "Undated" is no date; words that are not understood are a date without bounds.
3. Any text at all gives an answer, and ISO dates come back as they are.
4. EDTF, level 0 and what we claim of level 1, gives the days that the edtf library gives, but where a
   reason is given for another answer.
"""

from time import struct_time

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import parse_date
from search.calendar import day_number, iso, month_days, parse_partial

FORMS = """
1951                          | 1951-01-01 | 1951-12-31 | exact
1951-07                       | 1951-07-01 | 1951-07-31 | exact
1951-07-10                    | 1951-07-10 | 1951-07-10 | exact
1951-07-10T19:20:00Z          | 1951-07-10 | 1951-07-10 | exact
0476                          | 0476-01-01 | 0476-12-31 | exact
-0044-03-15                   | -0044-03-15 | -0044-03-15 | exact
1951/1953                     | 1951-01-01 | 1953-12-31 | exact
1951-07/1953-02               | 1951-07-01 | 1953-02-28 | exact
1951-07-10/1951-07-12         | 1951-07-10 | 1951-07-12 | exact
1951-07-10/1951-08            | 1951-07-10 | 1951-08-31 | exact
195X                          | 1950-01-01 | 1959-12-31 | exact
19XX                          | 1900-01-01 | 1999-12-31 | exact
1951-XX                       | 1951-01-01 | 1951-12-31 | exact
1951-07-XX                    | 1951-07-01 | 1951-07-31 | exact
1951-XX-XX                    | 1951-01-01 | 1951-12-31 | exact
1951?                         | 1951-01-01 | 1951-12-31 | uncertain
1951~                         | 1951-01-01 | 1951-12-31 | approximate
1951-07%                      | 1951-07-01 | 1951-07-31 | uncertain
../1800                       |            | 1800-12-31 | exact
1800/..                       | 1800-01-01 |            | exact
/1800                         |            | 1800-12-31 | exact
1800/                         | 1800-01-01 |            | exact
1951-21                       | 1951-03-01 | 1951-05-31 | exact
July 4, 1953                  | 1953-07-04 | 1953-07-04 | exact
**July 4, 1953**              | 1953-07-04 | 1953-07-04 | exact
July 4th, 1953                | 1953-07-04 | 1953-07-04 | exact
4 July 1953                   | 1953-07-04 | 1953-07-04 | exact
4th of July, 1953             | 1953-07-04 | 1953-07-04 | exact
4 Jul. 1953                   | 1953-07-04 | 1953-07-04 | exact
Sept. 3, 1884                 | 1884-09-03 | 1884-09-03 | exact
1953 July 4                   | 1953-07-04 | 1953-07-04 | exact
Saturday, July 4, 1953        | 1953-07-04 | 1953-07-04 | exact
July 4, 1953, 7 p.m.          | 1953-07-04 | 1953-07-04 | exact
July 4, 1953—11 a. m.         | 1953-07-04 | 1953-07-04 | exact
December 1, 1967, 1530Z       | 1967-12-01 | 1967-12-01 | exact
April 10, 1956, 9–10:35 a.m.  | 1956-04-10 | 1956-04-10 | exact
19:20 on 4 July 1953          | 1953-07-04 | 1953-07-04 | exact
JULY 4, 1953                  | 1953-07-04 | 1953-07-04 | exact
04.07.1953                    | 1953-07-04 | 1953-07-04 | exact
10.IX.1951                    | 1951-09-10 | 1951-09-10 | exact
25/12/1951                    | 1951-12-25 | 1951-12-25 | exact
12/25/1951                    | 1951-12-25 | 1951-12-25 | exact
04/07/1951                    | 1951-04-07 | 1951-07-04 | uncertain
c. 04/07/1951                 | 1951-04-07 | 1951-07-04 | uncertain
04/04/1951                    | 1951-04-04 | 1951-04-04 | exact
13/07/1951                    | 1951-07-13 | 1951-07-13 | exact
04/07/1951 to 05/08/1951      | 1951-04-07 | 1951-08-05 | uncertain
March 25, 1884. (Received April 8.) | 1884-03-25 | 1884-03-25 | exact
February 29, 1952             | 1952-02-29 | 1952-02-29 | exact
July 1953                     | 1953-07-01 | 1953-07-31 | exact
July, 1953                    | 1953-07-01 | 1953-07-31 | exact
February 1900                 | 1900-02-01 | 1900-02-28 | exact
circa March 1951              | 1951-03-01 | 1951-03-31 | approximate
c. 1951                       | 1951-01-01 | 1951-12-31 | approximate
ca. 1951                      | 1951-01-01 | 1951-12-31 | approximate
c1951                         | 1951-01-01 | 1951-12-31 | approximate
about 4 July 1953             | 1953-07-04 | 1953-07-04 | approximate
[1951]                        | 1951-01-01 | 1951-12-31 | exact
[1951?]                       | 1951-01-01 | 1951-12-31 | uncertain
[July?] 1951                  | 1951-07-01 | 1951-07-31 | uncertain
probably 1951                 | 1951-01-01 | 1951-12-31 | uncertain
circa 1951?                   | 1951-01-01 | 1951-12-31 | uncertain
1951 or 1952                  | 1951-01-01 | 1952-12-31 | uncertain
1950s                         | 1950-01-01 | 1959-12-31 | exact
the 1950's                    | 1950-01-01 | 1959-12-31 | exact
early 1950s                   | 1950-01-01 | 1953-12-31 | approximate
mid-1950s                     | 1953-01-01 | 1956-12-31 | approximate
late 1950s                    | 1956-01-01 | 1959-12-31 | approximate
early 1951                    | 1951-01-01 | 1951-04-30 | approximate
late July 1951                | 1951-07-21 | 1951-07-31 | approximate
mid-July 1951                 | 1951-07-11 | 1951-07-20 | approximate
end of February 1951          | 1951-02-21 | 1951-02-28 | approximate
first half of 1951            | 1951-01-01 | 1951-06-30 | exact
second half of the 19th century | 1851-01-01 | 1900-12-31 | exact
19th century                  | 1801-01-01 | 1900-12-31 | exact
18th-century                  | 1701-01-01 | 1800-12-31 | exact
early 19th century            | 1801-01-01 | 1834-12-31 | approximate
1st century BC                | -0099-01-01 | 0000-12-31 | exact
44 BC                         | -0043-01-01 | -0043-12-31 | exact
AD 476                        | 0476-01-01 | 0476-12-31 | exact
spring 1951                   | 1951-03-01 | 1951-05-31 | approximate
Summer of 1951                | 1951-06-01 | 1951-08-31 | approximate
winter 1950-51                | 1950-12-01 | 1951-02-28 | approximate
winter 1951                   | 1951-01-01 | 1952-02-29 | approximate
10-12 July 1951               | 1951-07-10 | 1951-07-12 | exact
10–12 July 1951               | 1951-07-10 | 1951-07-12 | exact
July 10-12, 1951              | 1951-07-10 | 1951-07-12 | exact
July 10 and 12, 1951          | 1951-07-10 | 1951-07-12 | exact
10 July-12 August 1951        | 1951-07-10 | 1951-08-12 | exact
July 10 - August 12, 1951     | 1951-07-10 | 1951-08-12 | exact
July–August 1951              | 1951-07-01 | 1951-08-31 | exact
December 1950-January 1951    | 1950-12-01 | 1951-01-31 | exact
July 10, 1951 - July 12, 1952 | 1951-07-10 | 1952-07-12 | exact
1950-1953                     | 1950-01-01 | 1953-12-31 | exact
1950–53                       | 1950-01-01 | 1953-12-31 | exact
1950 to 1953                  | 1950-01-01 | 1953-12-31 | exact
1950s-1960s                   | 1950-01-01 | 1969-12-31 | exact
between 1800 and 1810         | 1800-01-01 | 1810-12-31 | exact
between May and July 1951     | 1951-05-01 | 1951-07-31 | exact
from May 1951 to July 1953    | 1951-05-01 | 1953-07-31 | exact
circa 1950-1953               | 1950-01-01 | 1953-12-31 | approximate
before 1800                   |            | 1799-12-31 | exact
before 1 January 1951         |            | 1950-12-31 | exact
not later than 4 July 1953    |            | 1953-07-04 | exact
pre-1677                      |            | 1676-12-31 | exact
received 4 July 1953          |            | 1953-07-04 | exact
after 1945                    | 1946-01-01 |            | exact
since May 1951                | 1951-05-01 |            | exact
1951 or later                 | 1951-01-01 |            | exact
probably before 1800          |            | 1799-12-31 | uncertain
4 July 1553                   | 1553-07-04 | 1553-07-04 | exact
10 July 851                   | 0851-07-10 | 0851-07-10 | exact
1951-07-10?                   | 1951-07-10 | 1951-07-10 | uncertain
1951-07~                      | 1951-07-01 | 1951-07-31 | approximate
1951%                         | 1951-01-01 | 1951-12-31 | uncertain
195X~                         | 1950-01-01 | 1959-12-31 | approximate
-195X                         | -1959-01-01 | -1950-12-31 | exact
0000                          | 0000-01-01 | 0000-12-31 | exact
-0044                         | -0044-01-01 | -0044-12-31 | exact
-0044/0014                    | -0044-01-01 | 0014-12-31 | exact
1951?/1953~                   | 1951-01-01 | 1953-12-31 | uncertain
1951-07/..                    | 1951-07-01 |            | exact
../1951-07-10                 |            | 1951-07-10 | exact
1800~/..                      | 1800-01-01 |            | approximate
1951-22                       | 1951-06-01 | 1951-08-31 | exact
1951-23                       | 1951-09-01 | 1951-11-30 | exact
1951-07-10T19:20              | 1951-07-10 | 1951-07-10 | exact
1951-07-10T19:20:00+03:00     | 1951-07-10 | 1951-07-10 | exact
1951-07-10 19:20              | 1951-07-10 | 1951-07-10 | exact
1951/07/10                    | 1951-07-10 | 1951-07-10 | exact
1951.07.10                    | 1951-07-10 | 1951-07-10 | exact
1951-7-4                      | 1951-07-04 | 1951-07-04 | exact
1951-07-10 to 1951-07-12      | 1951-07-10 | 1951-07-12 | exact
1914-18                       | 1914-01-01 | 1918-12-31 | exact
1951/52                       | 1951-01-01 | 1952-12-31 | exact
1731/2                        | 1731-01-01 | 1732-12-31 | exact
1911–12                       | 1911-01-01 | 1912-12-31 | exact
1911-12                       | 1911-12-01 | 1911-12-31 | exact
1920-21                       | 1920-01-01 | 1921-12-31 | uncertain
1920–21                       | 1920-01-01 | 1921-12-31 | exact
1945-                         | 1945-01-01 |            | exact
1945 onwards                  | 1945-01-01 |            | exact
1950-present                  | 1950-01-01 |            | exact
1900-1960 (bulk 1950-1953)    | 1900-01-01 | 1960-12-31 | exact
1900-1960, bulk 1950-1953     | 1900-01-01 | 1960-12-31 | exact
between 1800 and c. 1810      | 1800-01-01 | 1810-12-31 | approximate
c. 1800-c. 1810               | 1800-01-01 | 1810-12-31 | approximate
1800?-1810                    | 1800-01-01 | 1810-12-31 | uncertain
sometime between 1950 and 1953 | 1950-01-01 | 1953-12-31 | exact
sometime in July 1951         | 1951-07-01 | 1951-07-31 | exact
May–June 1951                 | 1951-05-01 | 1951-06-30 | exact
May and June, 1951            | 1951-05-01 | 1951-06-30 | exact
May/June 1951                 | 1951-05-01 | 1951-06-30 | exact
Dec. 1950/Jan. 1951           | 1950-12-01 | 1951-01-31 | exact
July 10 to August 2, 1951     | 1951-07-10 | 1951-08-02 | exact
July 30–August 2, 1951        | 1951-07-30 | 1951-08-02 | exact
30 December 1950 to 2 January 1951 | 1950-12-30 | 1951-01-02 | exact
between 4 and 10 July 1953    | 1953-07-04 | 1953-07-10 | exact
between July 4 and July 10, 1953 | 1953-07-04 | 1953-07-10 | exact
from 4 to 10 July 1953        | 1953-07-04 | 1953-07-10 | exact
July 4, 5, and 6, 1953        | 1953-07-04 | 1953-07-06 | exact
10th–12th July 1951           | 1951-07-10 | 1951-07-12 | exact
July 4-5, 1953?               | 1953-07-04 | 1953-07-05 | uncertain
1951 July 10-12               | 1951-07-10 | 1951-07-12 | exact
1951 May-June                 | 1951-05-01 | 1951-06-30 | exact
1951 July 10-August 2         | 1951-07-10 | 1951-08-02 | exact
1950 December-1951 January    | 1950-12-01 | 1951-01-31 | exact
10.-12.07.1951                | 1951-07-10 | 1951-07-12 | exact
10.07.-12.08.1951             | 1951-07-10 | 1951-08-12 | exact
07.07.1951-12.08.1951         | 1951-07-07 | 1951-08-12 | exact
4 or 5 July 1953              | 1953-07-04 | 1953-07-05 | uncertain
July 4 or 5, 1953             | 1953-07-04 | 1953-07-05 | uncertain
July or August 1951           | 1951-07-01 | 1951-08-31 | uncertain
approximately 1951            | 1951-01-01 | 1951-12-31 | approximate
[ca. 1951]                    | 1951-01-01 | 1951-12-31 | approximate
[c. July 1951]                | 1951-07-01 | 1951-07-31 | approximate
1951 (approximate)            | 1951-01-01 | 1951-12-31 | approximate
on or about 4 July 1953       | 1953-07-04 | 1953-07-04 | approximate
around 1951                   | 1951-01-01 | 1951-12-31 | approximate
c. 500 BC                     | -0499-01-01 | -0499-12-31 | approximate
c. 19th century               | 1801-01-01 | 1900-12-31 | approximate
[July 1951]                   | 1951-07-01 | 1951-07-31 | exact
July 4, [1953]                | 1953-07-04 | 1953-07-04 | exact
July [4?], 1953               | 1953-07-04 | 1953-07-04 | uncertain
[4 July 1953?]                | 1953-07-04 | 1953-07-04 | uncertain
July 1951 (?)                 | 1951-07-01 | 1951-07-31 | uncertain
?1951                         | 1951-01-01 | 1951-12-31 | uncertain
probably July 4, 1953         | 1953-07-04 | 1953-07-04 | uncertain
possibly early 1950s          | 1950-01-01 | 1953-12-31 | uncertain
likely 1951                   | 1951-01-01 | 1951-12-31 | uncertain
July —, 1953                  | 1953-07-01 | 1953-07-31 | exact
July __, 1953                 | 1953-07-01 | 1953-07-31 | exact
n.d. [1951]                   | 1951-01-01 | 1951-12-31 | exact
n.d., ca. 1951                | 1951-01-01 | 1951-12-31 | approximate
undated [before 1953]         |            | 1952-12-31 | exact
[Received July 4, 1953]       |            | 1953-07-04 | exact
Received July 4, 1953, 9:30 p.m. |         | 1953-07-04 | exact
rec'd 4 July 1953             |            | 1953-07-04 | exact
Recd. July 4, 1953            |            | 1953-07-04 | exact
received: 4 July 1953         |            | 1953-07-04 | exact
received in July 1953         |            | 1953-07-31 | exact
July 10, 1951, received July 12, 1951 | 1951-07-10 | 1951-07-10 | exact
July 10, 1951 [received July 12] | 1951-07-10 | 1951-07-10 | exact
after 4 July 1953             | 1953-07-05 |            | exact
before July 1951              |            | 1951-06-30 | exact
1951 or earlier               |            | 1951-12-31 | exact
after 1945?                   | 1946-01-01 |            | uncertain
before c. 1800                |            | 1799-12-31 | approximate
before spring 1951            |            | 1951-02-28 | approximate
by 4 July 1953                |            | 1953-07-04 | exact
autumn of 1951                | 1951-09-01 | 1951-11-30 | approximate
in the summer of 1951         | 1951-06-01 | 1951-08-31 | approximate
winter of 1950/51             | 1950-12-01 | 1951-02-28 | approximate
winter 1950–1951              | 1950-12-01 | 1951-02-28 | approximate
spring-summer 1951            | 1951-03-01 | 1951-08-31 | approximate
spring to autumn 1951         | 1951-03-01 | 1951-11-30 | approximate
first quarter of 1951         | 1951-01-01 | 1951-03-31 | exact
3rd quarter 1951              | 1951-07-01 | 1951-09-30 | exact
Q4 1951                       | 1951-10-01 | 1951-12-31 | exact
1951 Q2                       | 1951-04-01 | 1951-06-30 | exact
last quarter of the 19th century | 1876-01-01 | 1900-12-31 | exact
second half of July 1951      | 1951-07-16 | 1951-07-31 | exact
first half of the 1950s       | 1950-01-01 | 1954-12-31 | exact
early 1951 to late 1953       | 1951-01-01 | 1953-12-31 | approximate
end of 1951                   | 1951-09-01 | 1951-12-31 | approximate
early July 1951               | 1951-07-01 | 1951-07-10 | approximate
mid-19th century              | 1834-01-01 | 1867-12-31 | approximate
end of the 18th century       | 1767-01-01 | 1800-12-31 | approximate
nineteenth century            | 1801-01-01 | 1900-12-31 | exact
19th c.                       | 1801-01-01 | 1900-12-31 | exact
18th–19th centuries           | 1701-01-01 | 1900-12-31 | exact
5th century AD                | 0401-01-01 | 0500-12-31 | exact
3rd century BC                | -0299-01-01 | -0200-12-31 | exact
The 1950s                     | 1950-01-01 | 1959-12-31 | exact
1950s–60s                     | 1950-01-01 | 1969-12-31 | exact
mid-1950s to early 1960s      | 1953-01-01 | 1963-12-31 | approximate
1800s                         | 1800-01-01 | 1899-12-31 | uncertain
early 1900s                   | 1900-01-01 | 1933-12-31 | uncertain
15 March 44 BC                | -0043-03-15 | -0043-03-15 | exact
500 B.C.E.                    | -0499-01-01 | -0499-12-31 | exact
1066 CE                       | 1066-01-01 | 1066-12-31 | exact
between 500 and 400 BC        | -0499-01-01 | -0399-12-31 | exact
1200-800 BC                   | -1199-01-01 | -0799-12-31 | exact
Feb. 11, 1731/2               | 1732-02-11 | 1732-02-11 | exact
30 Jan. 1648/49               | 1649-01-30 | 1649-01-30 | exact
February 1731/2               | 1732-02-01 | 1732-02-29 | exact
July 4, 1753 (N.S.)           | 1753-07-04 | 1753-07-04 | exact
4.7.1953                      | 1953-07-04 | 1953-07-04 | exact
4. 7. 1953                    | 1953-07-04 | 1953-07-04 | exact
07/1951                       | 1951-07-01 | 1951-07-31 | exact
07.1951                       | 1951-07-01 | 1951-07-31 | exact
10 VII 1951                   | 1951-07-10 | 1951-07-10 | exact
10. VII. 1951                 | 1951-07-10 | 1951-07-10 | exact
VII.1951                      | 1951-07-01 | 1951-07-31 | exact
4-Jul-1953                    | 1953-07-04 | 1953-07-04 | exact
04-JUL-1953                   | 1953-07-04 | 1953-07-04 | exact
Sat., July 4, 1953            | 1953-07-04 | 1953-07-04 | exact
Sat 4 July 1953               | 1953-07-04 | 1953-07-04 | exact
Saturday the 4th of July, 1953 | 1953-07-04 | 1953-07-04 | exact
the 4th of July, 1953         | 1953-07-04 | 1953-07-04 | exact
the fourth of July, 1953      | 1953-07-04 | 1953-07-04 | exact
this 4th day of July, 1953    | 1953-07-04 | 1953-07-04 | exact
July the 4th, 1953            | 1953-07-04 | 1953-07-04 | exact
July 4, in the year of our Lord 1776 | 1776-07-04 | 1776-07-04 | exact
On July 4, 1953.              | 1953-07-04 | 1953-07-04 | exact
(July 4, 1953)                | 1953-07-04 | 1953-07-04 | exact
7 p.m., July 4, 1953          | 1953-07-04 | 1953-07-04 | exact
4 July 1953 at 19:20          | 1953-07-04 | 1953-07-04 | exact
July 4, 1953, noon            | 1953-07-04 | 1953-07-04 | exact
4 July 1953, 1920 hours       | 1953-07-04 | 1953-07-04 | exact
Sat, 04 Jul 1953 19:20:00 +0300 | 1953-07-04 | 1953-07-04 | exact
12 février 1898               | 1898-02-12 | 1898-02-12 | exact
le 1er août 1914              | 1914-08-01 | 1914-08-01 | exact
samedi 4 juillet 1953         | 1953-07-04 | 1953-07-04 | exact
4. Juli 1953                  | 1953-07-04 | 1953-07-04 | exact
Samstag, den 4. März 1950     | 1950-03-04 | 1950-03-04 | exact
10.-12. Dezember 1951         | 1951-12-10 | 1951-12-12 | exact
5 мая 1936 г.                 | 1936-05-05 | 1936-05-05 | exact
5 МАЯ 1936 года               | 1936-05-05 | 1936-05-05 | exact
Июль 1951                     | 1951-07-01 | 1951-07-31 | exact
1936–1938 гг.                 | 1936-01-01 | 1938-12-31 | exact
около 1900 г.                 | 1900-01-01 | 1900-12-31 | approximate
12 de julio de 1953           | 1953-07-12 | 1953-07-12 | exact
1º de mayo de 1937            | 1937-05-01 | 1937-05-01 | exact
2 giugno 1946                 | 1946-06-02 | 1946-06-02 | exact
vers 1900                     | 1900-01-01 | 1900-12-31 | approximate
"""


def _rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in FORMS.strip().splitlines()]


@pytest.mark.parametrize(("text", "earliest", "latest", "certainty"), _rows())
def test_a_form_gives_its_days(text: str, earliest: str, latest: str, certainty: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.earliest_iso or "", date.latest_iso or "", date.certainty) == (earliest, latest, certainty)
    assert date.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "[undated]",
        "undated",
        "Undated.",
        "n.d.",
        "[n. d.]",
        "no date",
        "s.d.",
        "date unknown",
        "-",
        "[no date]",
        "N.D.",
        "nd",
        "sans date",
        "ohne Datum",
        "o. D.",
        "без даты",
        "б. д.",
        "sin fecha",
        "senza data",
        "[date not given]",
    ],
)
def test_undated_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "in the reign of Queen Anne",
        "February 30, 1951",
        "1951-13-01",
        "31.06.1951",
        "4/7/53",
        "the Tuesday after Easter",
        "1953-1951",
        "No. 336",
        "476",
        "12th",
        "July",
        "10.VII.51",
        "July '51",
        "4-Jul-53",
        "1951–7",
        "the fifties",
        "the 50s",
        "turn of the century",
        "turn of the 20th century",
        "fiscal year 1951",
        "5 May 1900 (O.S.)",
        "July 4, 1731/2",
        "29 February 1951",
        "31 avril 1951",
        "July 12-10, 1951",
        "December-January 1951",
        "1560-XX-25",
        "156X-12-25",
        "1951-25",
        "1951-33",
        "../..",
        "Y17000",
        "after 9999",
        "19530704",
        "[date illegible]",
        "XIII.1951",
        "0 July 1951",
        "?",
        "x" * 5000,
    ],
)
def test_what_is_not_understood_says_so(text: str) -> None:
    date = parse_date(text)
    if text == "?":
        assert date is None
    else:
        assert date is not None
        assert (date.earliest, date.latest, date.certainty) == (None, None, "uncertain")


@given(st.text(max_size=80))
def test_any_text_gives_an_answer(text: str) -> None:
    date = parse_date(text)
    if date and date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest


_WORDS = st.sampled_from(
    [
        "1951",
        "51",
        "July",
        "Sept.",
        "4",
        "31st",
        "circa",
        "c.",
        "before",
        "after",
        "between",
        "and",
        "to",
        "-",
        "/",
        "..",
        "[",
        "]",
        "?",
        "~",
        "early",
        "1950s",
        "century",
        "19th",
        "XX",
        "BC",
        "of",
        ",",
        "n.d.",
        "winter",
        "first",
        "half",
        "0",
        "00000",
    ]
)


@given(st.lists(_WORDS, max_size=9))
def test_any_mixture_of_date_words_gives_an_answer(words: list[str]) -> None:
    for joiner in (" ", ""):
        date = parse_date(joiner.join(words))
        if date and date.earliest is not None and date.latest is not None:
            assert date.earliest <= date.latest


@given(st.integers(-3_000_000, 3_000_000))
def test_a_day_comes_back_as_it_is(day: int) -> None:
    date = parse_date(iso(day))
    assert date is not None
    assert (date.earliest, date.latest, date.certainty) == (day, day, "exact")


@given(st.integers(-9999, 9999), st.integers(1, 12))
def test_a_month_comes_back_as_it_is(year: int, month: int) -> None:
    text = f"{year:05}-{month:02}" if year < 0 else f"{year:04}-{month:02}"
    date, days = parse_date(text), parse_partial(text)
    assert date is not None
    assert date.days == days


@st.composite
def _edtf_dates(draw: st.DrawFn) -> str:
    """A year, month, day, season, or one with digits left open; BC as well."""
    year = draw(st.integers(-9999, 9999))
    written = f"{year:05}" if year < 0 else f"{year:04}"
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, month_days(year, month)))
    forms = ["", f"-{month:02}", f"-{month:02}-{day:02}", "X", "XX"]
    if year > 0:  # of a year BC the library takes the last of its open days for the first
        forms += ["-XX", f"-{month:02}-XX", "-XX-XX"]
    form = draw(st.sampled_from(forms))
    return f"{written[: -len(form)]}{form}" if form in {"X", "XX"} else written + form


_QUALIFIED = st.tuples(_edtf_dates(), st.sampled_from(["", "", "?", "~", "%"])).map("".join)
_WHOLE = _QUALIFIED.filter(lambda text: "X" not in text)
_EDTF = st.one_of(
    _QUALIFIED,
    st.tuples(_WHOLE, _WHOLE).map("/".join),
    _WHOLE.map("{}/..".format),
    _WHOLE.map("../{}".format),
    st.tuples(st.integers(1000, 9999), st.sampled_from([21, 22, 23])).map("{0[0]}-{0[1]}".format),
    st.dates().map("{}T19:20:00Z".format),
)


def _day_of(bound: struct_time | float) -> int | None:
    return None if isinstance(bound, float) else day_number(*bound[:3])  # a float is infinite


@given(_EDTF)
def test_4_edtf_agrees_with_its_library(text: str) -> None:
    date, oracle = parse_date(text), edtf.parse_edtf(text)
    expected = _day_of(oracle.lower_strict()), _day_of(oracle.upper_strict())
    assert date is not None
    first, last = expected
    if first is not None and last is not None and first > last:  # which the library lets pass
        assert not date.understood
        return
    if text in DIFFERENT or _season_or_years(text):
        return
    assert (date.earliest, date.latest) == expected
    uncertain, approximate = "?" in text or "%" in text, "~" in text
    assert date.certainty == ("uncertain" if uncertain else "approximate" if approximate else "exact")


def _season_or_years(text: str) -> bool:
    """1920-21: spring 1920 by EDTF, but to most who write it two years; so it is both, as uncertain."""
    return text[4:6] == "-2" and len(text) == 7 and int(text[2:4]) < int(text[5:])


DIFFERENT = {
    "/1800": (None, "1800-12-31"),  # an unknown start: the library takes ten years for it
    "1800/": ("1800-01-01", None),  # and an unknown end
    "1951-24": ("1951-01-01", "1952-02-29"),  # the winter of a year: the library has its December alone
    "1920-21": ("1920-01-01", "1921-12-31"),  # two years to most who write it
    "Y17000": (None, None),  # no page of an archive shows a year of five digits
    "1951-02-29": (None, None),  # there was no such day
}


@pytest.mark.parametrize("text", DIFFERENT)
def test_4_where_we_differ_from_the_library(text: str) -> None:
    date, oracle = parse_date(text), edtf.parse_edtf(text)
    assert date is not None
    assert (date.earliest_iso, date.latest_iso) == DIFFERENT[text]
    try:
        theirs = _day_of(oracle.lower_strict()), _day_of(oracle.upper_strict())
    except ValueError:
        return
    assert theirs != (date.earliest, date.latest)
