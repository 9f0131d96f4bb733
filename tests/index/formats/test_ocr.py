"""Pages recognised by OCR: ALTO, PAGE and hOCR, and what METS says of them.

1. A page is its lines and paragraphs, with whole words and its number.
2. The pages of a folder are one document, in the order of their numbers.
3. METS tells which pages are a document, in which order, and what it is.
4. A page that cannot be read is a failure of its own; a page that changes changes the document.
5. Words of hOCR stand apart.
"""

import re
from pathlib import Path

import pytest

from index.indexer import Indexer
from search.document import Document
from search.engines.memory import MemoryEngine
from search.request import SearchRequest
from tests.files import only, passages, understood
from tests.index.formats.scans import METS, PAGE, alto, in_unicode, line, region


def documents(engine: MemoryEngine) -> dict[str, Document]:
    return {document.id: document for document in engine.scan(SearchRequest())}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_1_alto(tmp_path: Path) -> None:
    half = '<String CONTENT="{}" SUBS_TYPE="{}" SUBS_CONTENT="parliament"/>'
    text = alto(
        line("The", half.format("parlia", "HypPart1"), '<HYP CONTENT="-"/>')
        + line(half.format("ment", "HypPart2"), "sat"),
        line("on", "the", "fer", '<HYP CONTENT="¬"/>') + line("ry", "today."),
        number='PRINTED_IMG_NR="7"',
    )
    found = only(tmp_path / "a.xml", text.encode())
    assert passages(found) == [
        ("paragraph", "The parliament\nsat", 0),
        ("paragraph", "on the ferry\ntoday.", 0),
    ]
    assert {passage.page for passage in found.passages} == {"7"}


def test_1_page(tmp_path: Path) -> None:
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="two"/>'
        '<RegionRefIndexed index="1" regionRef="one"/></OrderedGroup></ReadingOrder>'
    )
    words = "".join(f"<Word>{in_unicode(word)}</Word>" for word in ("No", "line"))
    regions = (
        order
        + region("The ice is gone\nand the fer-\nry sails.", own="one")
        + region("ICE", "heading", own="two")
        + region("12", "page-number", own="three")
        + f'<TextRegion id="four"><TextLine>{words}</TextLine></TextRegion>'
        + f"<TableRegion id='t'><TableCell>{region('cell')}</TableCell></TableRegion>"
    )
    found = only(tmp_path / "a.xml", PAGE.format(regions=regions).encode())
    assert [text for _, text, _ in passages(found)] == [
        "ICE",
        "The ice is gone\nand the ferry\nsails.",
        "No line",
        "cell",
    ]
    assert {passage.page for passage in found.passages} == {"12"}
    (document,) = understood(tmp_path / "a.xml")
    assert (document.date, document.authors) == (None, ())


def test_2_a_folder_is_a_document(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, {
        "Ferry book/p10.xml": alto(line("third", "page")),
        "Ferry book/p2.xml": alto(line("ry", "sank.")),
        "Ferry book/p1.xml": alto(line("the", "fer-")),
        "Ferry book/notes.txt": "Read by somebody.",
        "alone.xml": alto(line("single", "page")),
    })  # fmt: skip
    report = indexer.run([str(folder)])
    assert (report.documents, report.failed, report.skipped) == (3, (), ())
    book = documents(engine)["Ferry-book~ALTO-pages"]
    assert (book.title, book.body) == ("Ferry book", "the ferry\n\nsank.\n\nthird page")
    assert [block.page for block in book.blocks] == ["1", "2", "10"]
    assert documents(engine)["alone"].body == "single page"


def test_3_mets(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, {
        "issue/mets.xml": METS,
        "issue/text/a.xml": alto(line("second")),
        "issue/text/b.xml": alto(line("first")),
        "other/mets.xml": METS,
    })  # fmt: skip
    report = indexer.run([str(folder)])
    (gazette,) = documents(engine).values()
    assert (gazette.id, gazette.title, gazette.body) == ("issue~mets", "The Ferry Gazette", "first\n\nsecond")
    assert [block.page for block in gazette.blocks] == ["iv", "v"]
    assert gazette.date is not None
    assert gazette.date.earliest_iso == "1841-03-04"
    assert [problem.source for problem in report.skipped] == ["other/mets.xml"]


def test_3_the_label_of_mets_is_a_title(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    bare = re.sub(r"<mets:dmdSec.*?</mets:dmdSec>", "", METS, flags=re.DOTALL)
    labelled = bare.replace("<mets:mets ", '<mets:mets LABEL="The Mill, 12 May 1871" ')
    write(folder, {"issue/mets.xml": labelled, "issue/text/a.xml": alto(line("second"))})
    indexer.run([str(folder)])
    [found] = documents(engine).values()
    assert found.title == "The Mill, 12 May 1871"
    assert found.date is not None


@pytest.mark.parametrize("listed", [True, False])
def test_4_a_bad_page_and_a_changed_one(
    indexer: Indexer, engine: MemoryEngine, folder: Path, listed: bool
) -> None:
    write(folder, {"b/text/a.xml": alto(line("one")), "b/text/b.xml": alto(line("two"))})
    if listed:
        write(folder, {"b/mets.xml": METS})
    assert indexer.run([str(folder)]).documents == 1
    assert indexer.run([str(folder)]).unchanged == 1
    write(folder, {"b/text/a.xml": alto(line("changed"))})
    assert indexer.run([str(folder)]).changed == 1
    (document,) = documents(engine).values()
    assert "changed" in document.body
    write(folder, {"b/text/a.xml": alto(line("one"))[:-30]})
    report = indexer.run([str(folder)])
    assert [problem.source for problem in report.failed] == ["b/text/a.xml"]
    (document,) = documents(engine).values()
    assert document.body == "two"
    (folder / "b/text/a.xml").unlink()
    report = indexer.run([str(folder)])
    assert (report.failed, report.documents) == ((), 1)


def test_5_hocr(tmp_path: Path) -> None:
    word = "<span class='ocrx_word' title='bbox 1 2 3 4'>{}</span>"
    lines = (
        f"<span class='ocr_line'>{word.format('The')}{word.format('<strong>ferry</strong>')}</span>"
        f"<span class='ocr_line'>{word.format('sank.')}</span>"
    )
    page = "<div class='ocr_page' title='image a.tif; {}'><p class='ocr_par'>{}</p></div>"
    text = "<!doctype html><html><body>{}{}</body></html>"
    pages = page.format("lpageno ix", lines), page.format("ppageno 1", lines)
    found = only(tmp_path / "a.html", text.format(*pages).encode())
    assert passages(found) == [("paragraph", "The ferry\nsank.", 0)] * 2
    assert [passage.page for passage in found.passages] == ["ix", "2"]


def test_6_of_several_texts_of_a_page_one_is_read(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    more = (
        '<mets:fileGrp USE="DRAFT"><mets:file ID="g"><mets:FLocat xlink:href="draft/b.xml"/></mets:file>'
        "</mets:fileGrp></mets:fileSec>"
    )
    listed = METS.replace("</mets:fileSec>", more).replace(
        '<mets:fptr FILEID="i1"/>', '<mets:fptr FILEID="i1"/><mets:fptr FILEID="g"/>'
    )
    write(folder, {
        "mets.xml": listed,
        "text/a.xml": alto(line("second")),
        "text/b.xml": alto(line("first")),
        "draft/b.xml": alto(line("frist")),
    })  # fmt: skip
    report = indexer.run([str(folder)])
    (gazette,) = engine.scan(SearchRequest())
    assert gazette.body == "first\n\nsecond"
    (remark,) = report.remarks
    assert "those of FULLTEXT were read" in remark.reason
