"""Small pages as OCR gives them: ALTO and PAGE, and METS that lists them."""

ALTO = """<?xml version="1.0"?><!-- made by a program --><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">
<Description><OCRProcessing><processingDateTime>2019-02-03</processingDateTime></OCRProcessing></Description>
<Layout><Page ID="P" {number}><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>"""
PAGE = """<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Metadata><Creator>Program</Creator><Created>2019-02-03T04:05:06</Created></Metadata>
<Page imageFilename="1.tif">{regions}</Page></PcGts>"""


def line(*words: str) -> str:
    strings = "<SP/>".join(word if word[0] == "<" else f'<String CONTENT="{word}"/>' for word in words)
    return f"<TextLine>{strings}</TextLine>"


def alto(*blocks: str, number: str = "") -> str:
    inside = "".join(f"<TextBlock>{block}</TextBlock>" for block in blocks)
    return ALTO.format(number=number, blocks=inside)


def region(text: str, kind: str = "paragraph", own: str = "r") -> str:
    lines = "".join(f"<TextLine>{in_unicode(one)}</TextLine>" for one in text.split("\n"))
    return f'<TextRegion id="{own}" type="{kind}">{lines}{in_unicode(text)}</TextRegion>'


def in_unicode(text: str) -> str:
    return f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>"


METS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3"
 xmlns:xlink="http://www.w3.org/1999/xlink"><mets:metsHdr CREATEDATE="2019-02-03T04:05:06"/>
<mets:dmdSec ID="d"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
<mods:titleInfo><mods:title>The Ferry Gazette</mods:title></mods:titleInfo>
<mods:originInfo><mods:dateIssued encoding="w3cdtf">1841-03-04</mods:dateIssued></mods:originInfo>
</mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec><mets:fileSec>
<mets:fileGrp USE="IMAGE"><mets:file ID="i1">
<mets:FLocat xlink:href="images/b.tif"/></mets:file></mets:fileGrp>
<mets:fileGrp USE="FULLTEXT"><mets:file ID="f1"><mets:FLocat xlink:href="text/b.xml"/></mets:file>
<mets:file ID="f2"><mets:FLocat xlink:href="file://./text/a.xml"/></mets:file></mets:fileGrp></mets:fileSec>
<mets:structMap TYPE="PHYSICAL"><mets:div><mets:div ORDERLABEL="iv" ORDER="1"><mets:fptr FILEID="i1"/>
<mets:fptr FILEID="f1"/></mets:div><mets:div ORDERLABEL="v"><mets:fptr FILEID="f2"/></mets:div></mets:div>
</mets:structMap></mets:mets>"""
