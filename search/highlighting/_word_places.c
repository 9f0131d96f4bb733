/* Where in a text may words be that match a query? What TermScanner.candidates (search/highlighting/scanner.py) looks
   for, in C: one pass over the UTF-8 of the text. Words that are plainly whole are given with what Python says that
   they mean, unless they mean nothing; where it takes the tokenizer to say where a word begins and ends, the place is
   given, and Python asks the tokenizer. Which characters are in words follows from tables that Python makes. Tests
   compare both with the tokenizer, on any text. */

#define Py_LIMITED_API 0x030b0000
#include <Python.h>

#include <string.h>

#define VERSION 4 /* raised with each change of this file; search/highlighting/word_places.py asks for it */
#define KNOWN 0x2100 /* characters whose kind is told; all beyond may be in words */
#define NO_PATTERN 0xffff
#define MOST_PATTERNS 0xfffe

enum kind { OTHER, IN_WORD, APOSTROPHE, SEPARATOR };

/* What a word begins with, or all of it if it `is_whole`; `next` is another one with the same first byte. */
typedef struct {
    const char *data;
    size_t size;
    int is_whole;
    unsigned short next;
} Pattern;

/* A word with what it means, or a boundary and the complement of a place behind it. */
typedef struct {
    Py_ssize_t start, end;
    PyObject *meaning; /* NULL of a place */
} Found;

typedef struct {
    PyObject *string;
    PyObject *meanings; /* a word as written -> what it means */
    const unsigned char *text;
    size_t size;
    const char *kinds;
    int numbers; /* whether a pattern has digits, so that commas between thousands matter */
    Pattern *patterns;
    unsigned short first[0x80];  /* by first byte: a pattern, or NO_PATTERN */
    unsigned char stops[0x100];  /* whether a byte is to be looked at */
    size_t looked;               /* up to which byte boundaries between words were looked for */
    Py_ssize_t boundary;         /* the last character before it with which a word certainly begins */
    Found *found;
    size_t count, capacity;
    size_t candidates; /* words and places, those included that mean nothing */
    int is_plain;      /* whether all that was found are words that mean a number */
} Scan;

/* The small letter for an ASCII letter, a digit for itself, and 0 for any other byte. */
static unsigned char small[0x100];

static void
make_small(void)
{
    for (int digit = '0'; digit <= '9'; digit++)
        small[digit] = (unsigned char)digit;
    for (int letter = 'a'; letter <= 'z'; letter++)
        small[letter] = small[letter - 0x20] = (unsigned char)letter;
}

static int
is_plain(unsigned char byte)
{
    return small[byte] != 0;
}

static int
is_letter(unsigned char byte)
{
    return small[byte] >= 'a';
}

static int
is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static int
is_space(unsigned char byte)
{
    return byte == ' ' || (byte >= 0x09 && byte <= 0x0d) || (byte >= 0x1c && byte <= 0x1f);
}

/* The byte at an offset, which may lie outside of the text. */
static unsigned char
byte_at(const Scan *scan, size_t at)
{
    return at < scan->size ? scan->text[at] : 0;
}

static size_t
length_at(const Scan *scan, size_t at)
{
    unsigned char byte = scan->text[at];
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

static enum kind
kind_at(const Scan *scan, size_t at)
{
    const unsigned char *text = scan->text + at;
    size_t code = text[0];
    if (code >= 0xf0)
        return IN_WORD;
    if (code >= 0xe0)
        code = (code & 0x0f) << 12 | (size_t)(text[1] & 0x3f) << 6 | (text[2] & 0x3f);
    else if (code >= 0x80)
        code = (code & 0x1f) << 6 | (text[1] & 0x3f);
    return code < KNOWN ? (enum kind)scan->kinds[code] : IN_WORD;
}

/* Add a word, or a place without a meaning; takes the reference. */
static int
add(Scan *scan, Py_ssize_t start, Py_ssize_t end, PyObject *meaning)
{
    if (scan->count == scan->capacity) {
        size_t capacity = scan->capacity ? scan->capacity * 2 : 64;
        Found *grown = PyMem_Realloc(scan->found, capacity * sizeof *grown);
        if (grown == NULL) {
            Py_XDECREF(meaning);
            PyErr_NoMemory();
            return -1;
        }
        scan->found = grown;
        scan->capacity = capacity;
    }
    scan->is_plain &= meaning != NULL && PyLong_CheckExact(meaning);
    scan->found[scan->count++] = (Found){start, end, meaning};
    return 0;
}

/* Add a word if it means something. */
static int
add_meant(Scan *scan, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *word = PyUnicode_Substring(scan->string, start, end);
    PyObject *meaning = word == NULL ? NULL : PyObject_GetItem(scan->meanings, word);
    Py_XDECREF(word);
    int is_meant = meaning == NULL ? -1 : PyObject_IsTrue(meaning);
    if (is_meant > 0)
        return add(scan, start, end, meaning);
    Py_XDECREF(meaning);
    return is_meant;
}

static int
is_sought(const Scan *scan, const unsigned char *word, size_t size)
{
    for (unsigned short at = scan->first[small[word[0]]]; at != NO_PATTERN; at = scan->patterns[at].next) {
        const Pattern *pattern = &scan->patterns[at];
        if (pattern->is_whole ? pattern->size != size : pattern->size > size)
            continue;
        size_t same = 1;
        while (same < pattern->size && small[word[same]] == (unsigned char)pattern->data[same])
            same++;
        if (same == pattern->size)
            return 1;
    }
    return 0;
}

/* The character before one that is not the first. */
static size_t
before(const Scan *scan, size_t at)
{
    do
        at--;
    while (scan->text[at] >= 0x80 && scan->text[at] < 0xc0);
    return at;
}

/* Whether no word goes on over the beginning of these letters and digits. */
static int
begins_word(const Scan *scan, size_t start)
{
    if (start == 0)
        return 1;
    size_t sign = before(scan, start);
    enum kind kind = kind_at(scan, sign);
    if (kind == SEPARATOR)
        return 1;
    /* A full stop or comma joins initials or digits, a quotation mark Hebrew letters. */
    return kind == OTHER && is_letter(scan->text[start]) && (sign == 0 || scan->text[sign - 1] < 0x80);
}

static int
ends_word(const Scan *scan, size_t end)
{
    if (end == scan->size)
        return 1;
    enum kind kind = kind_at(scan, end);
    return kind == SEPARATOR || (kind == OTHER && !(scan->text[end] == ',' && is_digit(scan->text[end - 1])));
}

/* Whether a full stop may be that of initials: a single letter follows, at once or behind white space. */
static int
is_of_initials(const Scan *scan, size_t at)
{
    unsigned char following = byte_at(scan, at + 1);
    if (at > 1 && is_letter(scan->text[at - 1]) && is_plain(scan->text[at - 2]))
        return 0;
    if (is_letter(following))
        return !is_plain(byte_at(scan, at + 2));
    if (!is_space(following) && following < 0x80)
        return 0;
    size_t initial = at + 1 + length_at(scan, at + 1);
    return is_letter(byte_at(scan, initial)) && byte_at(scan, initial + 1) == '.';
}

/* Whether an apostrophe is inside a word of letters and digits, but for that of a possessive s. */
static int
is_inside(const Scan *scan, size_t at)
{
    size_t next = at + length_at(scan, at);
    if (at == 0 || !is_plain(scan->text[at - 1]) || !is_plain(byte_at(scan, next)))
        return 0;
    int is_s = is_letter(scan->text[at - 1]) && small[scan->text[next]] == 's';
    int goes_on = next + 1 < scan->size &&
                  (is_plain(scan->text[next + 1]) || kind_at(scan, next + 1) == APOSTROPHE);
    return !is_s || goes_on;
}

static int
is_between_thousands(const Scan *scan, size_t at)
{
    return at > 0 && is_digit(scan->text[at - 1]) && is_digit(byte_at(scan, at + 1)) &&
           is_digit(byte_at(scan, at + 2)) && is_digit(byte_at(scan, at + 3));
}

/* Whether a word certainly begins behind a separator, if one is there: not between spaced initials (U. S.). */
static int
is_boundary(const Scan *scan, size_t at)
{
    if (at == 0 || scan->text[at - 1] != '.' || at + 1 >= scan->size)
        return 1;
    return byte_at(scan, at + 1 + length_at(scan, at + 1)) != '.';
}

/* Add the place of a character before which there are `chars`, with the last boundary before it. */
static int
add_place(Scan *scan, size_t at, Py_ssize_t chars)
{
    size_t behind = at;
    for (Py_ssize_t start = chars; behind > scan->looked; start--) {
        size_t sign = before(scan, behind);
        if (kind_at(scan, sign) == SEPARATOR && is_boundary(scan, sign)) {
            scan->boundary = start;
            break;
        }
        behind = sign;
    }
    scan->looked = at;
    scan->candidates++;
    return add(scan, scan->boundary, ~chars, NULL);
}

/* Whether a sign or a letter beyond ASCII may be part of a word. */
static int
is_in_word(const Scan *scan, size_t at, enum kind kind)
{
    if (kind != OTHER)
        return kind == IN_WORD || is_inside(scan, at);
    switch (scan->text[at]) {
    case '.':
        return is_of_initials(scan, at);
    case ',':
        return scan->numbers && is_between_thousands(scan, at);
    default:
        return 0;
    }
}

/* Add letters and digits that are sought: as a word, or as a place. */
static int
add_word(Scan *scan, size_t at, size_t end, Py_ssize_t chars)
{
    if (end - at > 1 && begins_word(scan, at) && ends_word(scan, end)) {
        scan->candidates++;
        return add_meant(scan, chars, chars + (Py_ssize_t)(end - at));
    }
    return add_place(scan, at, chars);
}

/* Find the words and places of a text, in order, until there are more than `most` candidates. */
static int
scan_text(Scan *scan, size_t most)
{
    const unsigned char *text = scan->text, *stops = scan->stops;
    const size_t size = scan->size;
    size_t more = 0; /* bytes before `at` than characters */
    for (size_t at = 0; scan->candidates <= most; at++) {
        while (at < size && !stops[text[at]])
            at++;
        if (at >= size)
            return 0;
        Py_ssize_t chars = (Py_ssize_t)(at - more);
        int status = 0;
        if (is_plain(text[at])) {
            if (at > 0 && is_plain(text[at - 1]))
                continue;
            size_t end = at + 1;
            while (end < size && is_plain(text[end]))
                end++;
            if (is_sought(scan, text + at, end - at))
                status = add_word(scan, at, end, chars);
            at = end - 1;
        }
        else {
            if (is_in_word(scan, at, kind_at(scan, at)))
                status = add_place(scan, at, chars);
            size_t length = length_at(scan, at);
            more += length - 1;
            at += length - 1;
        }
        if (status < 0)
            return -1;
    }
    return 0;
}

/* Patterns begin with a space, and end with one if they are whole words. */
static int
read_patterns(Scan *scan, PyObject *patterns)
{
    Py_ssize_t count = PyTuple_Size(patterns);
    if (count < 0 || count > MOST_PATTERNS) {
        PyErr_SetString(PyExc_ValueError, "too many patterns");
        return -1;
    }
    memset(scan->first, 0xff, sizeof scan->first);
    for (int byte = 0; byte < 0x80; byte++)
        scan->stops[byte] = scan->kinds[byte] == APOSTROPHE;
    memset(scan->stops + 0x80, 1, 0x80);
    scan->stops['.'] = 1;
    scan->stops[','] = (unsigned char)scan->numbers;
    scan->patterns = PyMem_Malloc(((size_t)count + 1) * sizeof *scan->patterns);
    if (scan->patterns == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        char *data;
        Py_ssize_t size;
        if (PyBytes_AsStringAndSize(PyTuple_GetItem(patterns, i), &data, &size) < 0)
            return -1;
        if (size < 2 || data[0] != ' ' || data[1] == '\0' || small[(unsigned char)data[1]] != data[1]) {
            PyErr_SetString(PyExc_ValueError, "a pattern is a space and small letters");
            return -1;
        }
        int is_whole = data[size - 1] == ' ';
        unsigned short *first = &scan->first[(unsigned char)data[1]];
        scan->patterns[i] = (Pattern){data + 1, (size_t)(size - 1 - is_whole), is_whole, *first};
        *first = (unsigned short)i;
        scan->stops[(unsigned char)data[1]] = 1;
        if (is_letter((unsigned char)data[1]))
            scan->stops[data[1] - 0x20] = 1;
    }
    return 0;
}

static PyObject *
as_list(const Scan *scan)
{
    PyObject *list = PyList_New((Py_ssize_t)scan->count);
    for (size_t i = 0; list != NULL && i < scan->count; i++) {
        const Found *found = &scan->found[i];
        PyObject *meaning = found->meaning == NULL ? Py_None : found->meaning;
        PyObject *item = Py_BuildValue("nnO", found->start, found->end, meaning);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SetItem(list, (Py_ssize_t)i, item);
    }
    return list;
}

static PyObject *
places(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *patterns, *kinds, *result = NULL;
    Py_ssize_t size, most;
    Scan scan = {.is_plain = 1};
    if (!PyArg_ParseTuple(args, "UO!SpnO", &scan.string, &PyTuple_Type, &patterns, &kinds, &scan.numbers, &most,
                          &scan.meanings))
        return NULL;
    if (PyBytes_Size(kinds) != KNOWN || most < 0) {
        PyErr_SetString(PyExc_ValueError, "the kinds must be those of 8,448 characters");
        return NULL;
    }
    scan.kinds = (void *)PyBytes_AsString(kinds);
    scan.text = (const unsigned char *)PyUnicode_AsUTF8AndSize(scan.string, &size);
    if (scan.text == NULL) { /* it has lone surrogates */
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return NULL;
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    scan.size = (size_t)size;
    if (read_patterns(&scan, patterns) == 0 && scan_text(&scan, (size_t)most) == 0) {
        if (scan.candidates > (size_t)most)
            result = Py_NewRef(Py_None);
        else
            result = Py_BuildValue("(NN)", as_list(&scan), PyBool_FromLong(scan.is_plain));
    }
    for (size_t i = 0; i < scan.count; i++)
        Py_XDECREF(scan.found[i].meaning);
    PyMem_Free(scan.patterns);
    PyMem_Free(scan.found);
    return result;
}

static PyMethodDef methods[] = {
    {"places", places, METH_VARARGS, "See search/highlighting/_word_places.pyi."},
    {NULL, NULL, 0, NULL},
};

static int
execute(PyObject *module)
{
    make_small();
    return PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_word_places",
    .m_doc = "Places of words in a text, in C.",
    .m_methods = methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__word_places(void)
{
    return PyModuleDef_Init(&definition);
}
