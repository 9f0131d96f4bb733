"""The words that tell who wrote to whom: "letter from X to Y", "Brief von X an Y". In lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TO = _words("to an à")
"""Words before a recipient."""
FROM = _words("from by von par")
"""Words before a sender."""
LETTERS = _words(
    """
    letter letters telegram telegrams cable cables message messages memorandum memoranda memo memos note notes
    despatch despatches dispatch dispatches airgram airgrams report reports reply circular correspondence
    brief briefe schreiben telegramm depesche lettre lettres télégramme dépêche
    """
)
"""What is sent: before a lone "from" or "to", one of these says that a sender or recipient follows."""
TITLES = _words(
    """
    mr mrs miss ms messrs dr sir lord lady professor prof rev general gen colonel col captain admiral marshal
    president chairman premier prime minister chancellor ambassador secretary undersecretary consul chargé
    senator governor king queen emperor prince comrade herr frau fräulein monsieur madame
    """
)
"""Titles of persons, which archives often leave out of names: `Mr. Seward` is sought as `Seward`."""
