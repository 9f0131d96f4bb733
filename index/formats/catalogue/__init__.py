"""What do records of catalogues say? MARC, MODS, Dublin Core and OAI-PMH: a document for each record.

`index/record_fields/mappings/` says which element or subfield becomes which field, a table for each family.
`reader` reads XML, `binary_marc` files of MARC 21 as libraries exchange them.
"""
