"""The names of the months, in English and in other languages: the one table that parsers and pages share."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The English names; the month of number 1 stands first."""

_ABBREVIATIONS = "jan jany|feb feby|mar|apr||jun|jul|aug|sep sept sepr septr|oct octr octbr|nov novr|dec decr"
"""Those of printed lists (Sept.), and those that letter writers used until about 1900 (Jany., Octbr.)."""

_OTHER_LANGUAGES = """
janvier janv januar jänner январь января янв enero gennaio
février fevrier févr februar февраль февраля фев февр febrero febbraio
mars märz maerz март марта мар marzo
avril april апрель апреля апр abril aprile
mai май мая mayo maggio
juin juni июнь июня junio giugno
juillet juil juli июль июля julio luglio
août aout august август августа авг agosto
septembre september сентябрь сентября сен сент septiembre setiembre settembre
octobre oktober okt октябрь октября окт octubre ottobre
novembre november ноябрь ноября ноя нояб noviembre
décembre decembre déc dezember dez декабрь декабря дек diciembre dicembre
"""
"""French, German, Russian, Spanish and Italian, a line each month; abbreviated only where unambiguous."""

_MORE_LANGUAGES = """
januari stycznia styczeń janeiro ledna leden
februari lutego luty fevereiro února únor
maart marts marca marzec março března březen
kwietnia kwiecień dubna duben
maj mei maja maio května květen
czerwca czerwiec junho června červen
lipca lipiec julho července červenec
augustus augusti sierpnia sierpień srpna srpen
września wrzesień setembro září
października październik outubro října říjen
listopada listopad novembro listopadu
desember grudnia grudzień dezembro prosince prosinec
"""
"""Dutch, Swedish, Danish, Norwegian, Polish, Portuguese and Czech, where they differ; with genitives."""

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    word: number for number, words in enumerate(_ABBREVIATIONS.split("|"), 1) for word in words.split()
}
"""English name or abbreviation, lower case and without a full stop -> 1 to 12."""

OTHER_MONTH_NUMBERS = {
    word: number
    for language in (_OTHER_LANGUAGES, _MORE_LANGUAGES)
    for number, words in enumerate(language.strip().splitlines(), 1)
    for word in words.split()
}
"""Name in another language, lower case -> 1 to 12."""

MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
"""A regular expression for IGNORECASE: a whole English name or abbreviation, with its full stop."""


MONTH_OF_ANY_LANGUAGE = (
    rf"(?:{'|'.join(sorted({**OTHER_MONTH_NUMBERS, **MONTH_NUMBERS}, key=len, reverse=True))})(?!\w)\.?"
)
"""The same for the names of all these languages."""


def month_number(written: str) -> int:
    """The number of the month that one of these matched. Raises KeyError for any other word."""
    name = written.lower().removesuffix(".")
    return MONTH_NUMBERS.get(name) or OTHER_MONTH_NUMBERS[name]
