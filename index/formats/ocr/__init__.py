"""What was recognised on scanned pages? ALTO and PAGE, a file for each page, grouped by METS or by folder.

`reader` reads the pages of a document; `alto` and `page_xml` one page; `mets` what describes their order.
"""
