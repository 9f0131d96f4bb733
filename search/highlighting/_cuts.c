/* Which parts of a text show its matches? What `Cutter` (search/highlighting/cutter.py) chooses, in C, with the ranking
   of `spans` and the stops of `sentences`. The classes of characters are a table that Python makes of its own patterns;
   what is known of the word before a full stop is asked of Python, and so is a stop that takes more than this word.
   A text with characters beyond the table, where it is looked at, is left to Python. Tests compare both on any text. */

#define Py_LIMITED_API 0x030b0000
#include <Python.h>

#include <stdint.h>

#define VERSION 2 /* raised with each change of this file; search/highlighting/cuts.py asks for it */
#define KNOWN 0x2100 /* characters whose classes are told */
#define ROOM 1024    /* characters of a text that are looked at together */
#define BEFORE 64    /* of them, those before the first that is asked for */

enum class { SPACE = 1, SIGN = 2, CLOSING = 4, DIGIT = 8, LOWER = 16, OPENING = 32 };
enum kind { ABBREVIATION = 1, NUMBERED = 2 }; /* of the word before a full stop */

/* The figures of fragmenter.py, spans.py and sentences.py, in this order. */
typedef struct {
    Py_ssize_t size, most, least, word, near, abbreviation;
} Sizes;

typedef struct {
    Py_ssize_t start, end;
    uint64_t words;
} Match;

typedef struct {
    Py_ssize_t start, end, last;
    uint64_t words, last_words;
} Span;

typedef struct {
    Py_ssize_t begin, end; /* where the next sentence would begin, and the sign */
} Stop;

typedef struct {
    Stop *items;
    size_t count, capacity;
} Stops;

typedef struct {
    Py_ssize_t start, end;
} Window;

typedef struct {
    PyObject *string;
    Py_ssize_t length;
    const unsigned char *classes;
    PyObject *kinds; /* a word before a full stop -> its kind */
    PyObject *judge; /* whether a stop ends a sentence, in Python */
    Sizes sizes;
    Py_UCS4 room[ROOM + 1];
    Py_ssize_t low, high; /* what of the text is in the room */
    int is_beyond;        /* a character was looked at whose classes are not known */
    int failed;           /* an exception is set */
    Py_ssize_t *beginnings; /* of sentences, as far as they are known, but for 0 */
    size_t count, capacity;
    Stops stops;
} Text;

static void
load(Text *text, Py_ssize_t at)
{
    text->low = at > BEFORE ? at - BEFORE : 0;
    text->high = text->length - text->low > ROOM ? text->low + ROOM : text->length;
    PyObject *part = PyUnicode_Substring(text->string, text->low, text->high);
    if (part == NULL || PyUnicode_AsUCS4(part, text->room, ROOM, 0) == NULL) {
        text->failed = 1;
        text->low = text->high = 0;
    }
    Py_XDECREF(part);
}

/* A character of the text; 0 outside of it. */
static Py_UCS4
char_at(Text *text, Py_ssize_t at)
{
    if (at < 0 || at >= text->length || text->failed)
        return 0;
    if (at < text->low || at >= text->high) {
        load(text, at);
        if (text->failed)
            return 0;
    }
    return text->room[at - text->low];
}

static int
is_any(Text *text, Py_ssize_t at, int classes)
{
    Py_UCS4 code = char_at(text, at);
    if (code >= KNOWN) {
        text->is_beyond = 1;
        return 0;
    }
    return (text->classes[code] & classes) != 0 && at < text->length && at >= 0;
}

static int
is_stopped(const Text *text)
{
    return text->failed || text->is_beyond;
}

static Py_ssize_t
after_space(Text *text, Py_ssize_t at, Py_ssize_t end)
{
    while (at < end && is_any(text, at, SPACE))
        at++;
    return at;
}

static int
add_beginning(Text *text, Py_ssize_t offset)
{
    if (text->count == text->capacity) {
        size_t capacity = text->capacity ? text->capacity * 2 : 32;
        Py_ssize_t *grown = PyMem_Realloc(text->beginnings, capacity * sizeof *grown);
        if (grown == NULL) {
            PyErr_NoMemory();
            text->failed = 1;
            return -1;
        }
        text->beginnings = grown;
        text->capacity = capacity;
    }
    text->beginnings[text->count++] = offset;
    return 0;
}

static void
add_stop(Text *text, Py_ssize_t begin, Py_ssize_t end)
{
    Stops *stops = &text->stops;
    if (stops->count == stops->capacity) {
        size_t capacity = stops->capacity ? stops->capacity * 2 : 64;
        Stop *grown = PyMem_Realloc(stops->items, capacity * sizeof *grown);
        if (grown == NULL) {
            PyErr_NoMemory();
            text->failed = 1;
            return;
        }
        stops->items = grown;
        stops->capacity = capacity;
    }
    stops->items[stops->count++] = (Stop){begin, end};
}

/* Where the next sentence begins if the one before ends with the sign at an offset; 0 if none can. */
static Py_ssize_t
behind_sign(Text *text, Py_ssize_t at, Py_ssize_t end)
{
    at++;
    while (at < end && is_any(text, at, SIGN))
        at++;
    while (at < end && is_any(text, at, CLOSING))
        at++;
    if (at < end && char_at(text, at) == '[') { /* the number of a footnote */
        Py_ssize_t digit = at + 1;
        while (digit < end && digit <= at + 3 && is_any(text, digit, DIGIT))
            digit++;
        if (digit > at + 1 && digit < end && char_at(text, digit) == ']')
            at = digit + 1;
    }
    Py_ssize_t next = after_space(text, at, end);
    return next > at ? next : 0;
}

/* Where a paragraph begins behind the line break at an offset; 0 if none does. */
static Py_ssize_t
behind_break(Text *text, Py_ssize_t at, Py_ssize_t end)
{
    for (at++; at < end && is_any(text, at, SPACE); at++)
        if (char_at(text, at) == '\n')
            return after_space(text, at, end);
    return 0;
}

/* `Sentences.stops`: whatever may end a sentence from `start` to `end`, in order. */
static void
find_stops(Text *text, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t run = start, paragraph = start; /* where the signs side by side begin, and up to where is space */
    text->stops.count = 0;
    for (Py_ssize_t at = start; at < end && !is_stopped(text); at++) {
        if (is_any(text, at, SIGN)) {
            int is_repeated = 0;
            Py_UCS4 sign = char_at(text, at);
            for (Py_ssize_t before = run; before < at && !is_repeated; before++)
                is_repeated = char_at(text, before) == sign;
            Py_ssize_t next = is_repeated ? 0 : behind_sign(text, at, end);
            if (next)
                add_stop(text, next, at);
            continue;
        }
        run = at + 1;
        if (at >= paragraph && char_at(text, at) == '\n') {
            Py_ssize_t next = behind_break(text, at, end);
            if (next) {
                add_stop(text, next, at);
                paragraph = next;
            }
        }
    }
}

static int
asked_of_python(Text *text, const Stop *stop)
{
    PyObject *answer = PyObject_CallFunction(text->judge, "((nn))", stop->begin, stop->end);
    int is_end = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    if (is_end < 0)
        text->failed = 1;
    return is_end > 0;
}

/* The kind of the word before the full stop at an offset; -1 if that takes more than the word. */
static long
kind_before(Text *text, Py_ssize_t stop)
{
    Py_ssize_t line = stop > text->sizes.abbreviation ? stop - text->sizes.abbreviation : 0;
    Py_ssize_t end = stop;
    if (end > line && is_any(text, end - 1, DIGIT))
        return -1;
    while (end > line && is_any(text, end - 1, SPACE)) {
        if (char_at(text, end - 1) == '\n')
            line = end;
        else
            end--;
    }
    Py_ssize_t start = end;
    while (start > line && !is_any(text, start - 1, SPACE))
        start--;
    PyObject *word = PyUnicode_Substring(text->string, start, end);
    PyObject *kind = word == NULL ? NULL : PyObject_GetItem(text->kinds, word);
    long value = kind == NULL ? -1 : PyLong_AsLong(kind);
    Py_XDECREF(word);
    Py_XDECREF(kind);
    if (value < 0 && PyErr_Occurred())
        text->failed = 1;
    return value;
}

/* `Sentences.ended_by`: whether a stop ends a sentence, which begins behind it then. */
static int
is_end(Text *text, const Stop *stop)
{
    Py_UCS4 sign = char_at(text, stop->end);
    int is_certain = sign == '\n';
    if (!is_certain) {
        int breaks = 0;
        for (Py_ssize_t at = stop->begin; at > stop->end + 1 && is_any(text, at - 1, SPACE); at--)
            breaks += char_at(text, at - 1) == '\n';
        is_certain = breaks > 1;
    }
    if (!is_certain) {
        Py_ssize_t after = stop->begin;
        while (after < stop->begin + 2 && is_any(text, after, OPENING))
            after++;
        if (after < stop->begin + 2 && is_any(text, after, LOWER))
            return 0;
        if (sign == '.' && !is_stopped(text)) {
            long kind = kind_before(text, stop->end);
            if (is_stopped(text) || (kind >= 0 && (kind & ABBREVIATION)))
                return 0;
            if (kind != 0 && !asked_of_python(text, stop))
                return 0;
        }
    }
    return !is_stopped(text) && add_beginning(text, stop->begin) == 0;
}

/* Whether a sentence, or the text, begins at an offset. */
static int
is_beginning(Text *text, Py_ssize_t offset)
{
    if (offset == 0)
        return 1;
    for (size_t i = 0; i < text->count; i++)
        if (text->beginnings[i] == offset)
            return 1;
    find_stops(text, offset > text->sizes.word ? offset - text->sizes.word : 0, offset);
    for (size_t i = 0; i < text->stops.count && !is_stopped(text); i++)
        if (is_end(text, &text->stops.items[i]) && text->stops.items[i].begin == offset)
            return 1;
    return after_space(text, 0, text->length) >= offset;
}

static Py_ssize_t
word_start(Text *text, Py_ssize_t offset, Py_ssize_t end)
{
    Py_ssize_t limit = offset + text->sizes.word < end ? offset + text->sizes.word : end;
    for (Py_ssize_t at = offset > 0 ? offset : 1; at < limit; at++)
        if (is_any(text, at - 1, SPACE) && !is_any(text, at, SPACE))
            return at;
    return offset;
}

static Py_ssize_t
word_end(Text *text, Py_ssize_t offset)
{
    Py_ssize_t low = offset > text->sizes.word ? offset - text->sizes.word : 0;
    for (Py_ssize_t at = (offset < text->length ? offset : text->length) - 1; at >= low; at--)
        if (char_at(text, at) == ' ')
            return at > 0 ? at : offset;
    return offset;
}

/* Whether a blank line is in the last three characters before an offset. */
static int
ends_paragraph(Text *text, Py_ssize_t offset)
{
    Py_ssize_t low = offset > 3 ? offset - 3 : 0;
    for (Py_ssize_t at = low; at + 1 < offset; at++)
        if (char_at(text, at) == '\n' &&
            (char_at(text, at + 1) == '\n' ||
             (at + 2 < offset && is_any(text, at + 1, SPACE) && char_at(text, at + 2) == '\n')))
            return 1;
    return 0;
}

/* The first match that does not begin before an offset. */
static size_t
first_from(const Match *found, size_t count, Py_ssize_t offset)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* `_last`: where a window that begins at `first` and has what is before `end` ends. */
static Py_ssize_t
last_of(Text *text, Py_ssize_t first, Py_ssize_t end, size_t behind, Py_ssize_t near, Py_ssize_t high)
{
    const Sizes *sizes = &text->sizes;
    Py_ssize_t last = 0;
    size_t count = text->stops.count + (near == high);
    for (size_t i = behind; i < count && !is_stopped(text); i++) {
        Py_ssize_t following = high;
        if (i < text->stops.count) {
            if (!is_end(text, &text->stops.items[i]))
                continue;
            following = text->stops.items[i].begin;
        }
        if (last == 0 && following < end)
            continue;
        if (last && (following - first > sizes->most ||
                     (last - first > sizes->least && ends_paragraph(text, last))))
            break;
        last = following;
        if (last - first >= sizes->size)
            break;
    }
    if (!last || last - first > sizes->most) {
        Py_ssize_t word = word_end(text, first + sizes->size);
        last = word > end ? word : end;
    }
    return last;
}

/* `Cutter.window`: the window of a span in what is free around it. */
static Window
window_of(Text *text, const Span *span, Window free, const Match *found, size_t count)
{
    const Sizes *sizes = &text->sizes;
    Py_ssize_t low = free.start, high = free.end, start = span->start;
    Py_ssize_t end = span->end < start + sizes->size ? span->end : start + sizes->size;
    Py_ssize_t near_low = start - sizes->size > low ? start - sizes->size : low;
    Py_ssize_t near_high = start + sizes->most + sizes->word;
    near_high = near_high < high ? near_high : high;
    find_stops(text, near_low, near_high);
    size_t behind = 0;
    while (behind < text->stops.count && text->stops.items[behind].begin <= start)
        behind++;

    /* Beginnings before the span, from it outwards: at `at` - 1 and so on, then `low`. */
    size_t at = behind;
    int is_low_left = near_low == low;
    Py_ssize_t first = -1;
    while (first < 0 && !is_stopped(text)) {
        if (at > 0) {
            at--;
            if (is_end(text, &text->stops.items[at]))
                first = text->stops.items[at].begin;
        }
        else {
            if (is_low_left)
                first = low;
            is_low_left = 0;
            break;
        }
    }
    int is_cut = first < 0 || end - first > sizes->size;
    if (is_cut) {
        Py_ssize_t lead = sizes->size - (end - start);
        lead = lead < sizes->size / 3 ? lead : sizes->size / 3;
        first = word_start(text, start - lead > near_low ? start - lead : near_low, start);
    }
    Py_ssize_t last = last_of(text, first, end, behind, near_high, high);
    if (last == high && !is_cut) {
        while (!is_stopped(text)) {
            Py_ssize_t earlier;
            if (at > 0) {
                at--;
                if (!is_end(text, &text->stops.items[at]))
                    continue;
                earlier = text->stops.items[at].begin;
            }
            else if (is_low_left) {
                is_low_left = 0;
                earlier = low;
            }
            else
                break;
            if (last - first >= sizes->least || last - earlier > sizes->size)
                break;
            first = earlier;
        }
    }

    size_t before = first_from(found, count, first);
    if (before > 0 && found[before - 1].end > first)
        first = found[before - 1].end < start ? found[before - 1].end : start;
    before = first_from(found, count, last);
    if (before > 0 && found[before - 1].end > last)
        last = found[before - 1].start > end ? found[before - 1].start : end;
    return (Window){first, last};
}

static int
bits_in(uint64_t words)
{
    int count = 0;
    for (; words; words &= words - 1)
        count++;
    return count;
}

/* `candidate_spans`: for each match, the shortest span that ends with it and holds all words before it. */
static size_t
find_spans(Span *spans, Match *latest, const Match *ends, size_t count, const Sizes *sizes)
{
    size_t found = 0, known = 0; /* `latest` has the last match of each set of words, latest last */
    for (size_t i = 0; i < count; i++) {
        const Match *match = &ends[i];
        Py_ssize_t first = match->start;
        uint64_t covered = match->words;
        for (size_t other = 0; other < known; other++)
            if (latest[other].words == match->words) {
                known--;
                for (; other < known; other++)
                    latest[other] = latest[other + 1];
            }
        for (size_t other = known; other > 0 && match->end - latest[other - 1].start <= sizes->size; other--)
            if (latest[other - 1].words & ~covered) {
                first = latest[other - 1].start;
                covered |= latest[other - 1].words;
            }
        latest[known++] = *match;
        const Span *before = found ? &spans[found - 1] : NULL;
        if (before != NULL && match->start - before->last < sizes->near && covered == before->words &&
            match->start - first >= before->last - before->start)
            continue;
        spans[found++] = (Span){first, match->end, match->start, covered, match->words};
    }
    return found;
}

/* `best_span`: with most words not yet `shown`, most words, the shortest, the earliest. */
static size_t
best_of(const Span *spans, size_t count, uint64_t shown)
{
    size_t best = 0;
    int best_new = -1, best_all = -1;
    for (size_t i = 0; i < count; i++) {
        const Span *span = &spans[i], *other = &spans[best];
        int new = bits_in(span->words & ~shown), all = bits_in(span->words);
        Py_ssize_t length = span->last - span->start, least = other->last - other->start;
        if (new != best_new ? new > best_new
            : all != best_all ? all > best_all
            : length != least ? length < least
                              : span->start < other->start) {
            best = i;
            best_new = new;
            best_all = all;
        }
    }
    return best;
}

/* `Span.outside`: what of spans is not covered by a window. */
static size_t
leave_outside(Span *spans, size_t count, Window window)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        Span span = spans[i];
        if (span.end <= window.start || span.start >= window.end)
            spans[left++] = span;
        else if (span.last >= window.end)
            spans[left++] = (Span){span.last, span.end, span.last, span.last_words, span.last_words};
    }
    return left;
}

/* Matches as Python has them; -1 with an exception, 1 where the words of one have more bits than fit. */
static int
read_matches(PyObject *list, Match *matches, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyList_GetItem(list, i);
        if (item == NULL || !PyTuple_Check(item) || PyTuple_Size(item) != 3) {
            if (item != NULL)
                PyErr_SetString(PyExc_TypeError, "a match is a start, an end and bits");
            return -1;
        }
        matches[i].start = PyLong_AsSsize_t(PyTuple_GetItem(item, 0));
        matches[i].end = PyLong_AsSsize_t(PyTuple_GetItem(item, 1));
        matches[i].words = PyLong_AsUnsignedLongLong(PyTuple_GetItem(item, 2));
        if (PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_OverflowError))
                return -1;
            PyErr_Clear();
            return 1;
        }
    }
    return 0;
}

/* A window as a cut: without white space around it, and whether sentences begin where it does and behind it. */
static PyObject *
cut_of(Text *text, Window window)
{
    Py_ssize_t start = after_space(text, window.start, text->length);
    start = start < window.end ? start : window.end;
    Py_ssize_t end = window.end < text->length ? window.end : text->length;
    while (end > start && is_any(text, end - 1, SPACE))
        end--;
    int begins = is_beginning(text, start);
    Py_ssize_t following = after_space(text, end, text->length);
    int ends = following == text->length || is_beginning(text, following);
    if (is_stopped(text))
        return NULL;
    return Py_BuildValue("(nnNN)", start, end, PyBool_FromLong(begins), PyBool_FromLong(ends));
}

/* The cuts in the order of the text; NULL where there is an exception or a character beyond the table. */
static PyObject *
choose(Text *text, Span *spans, size_t count, const Match *found, size_t matches, Window *windows, size_t limit)
{
    size_t chosen = 0;
    uint64_t shown = 0;
    while (count > 0 && chosen < limit) {
        Span best = spans[best_of(spans, count, shown)];
        Window free = {0, text->length};
        for (size_t i = 0; i < chosen; i++) {
            if (windows[i].end <= best.start && windows[i].end > free.start)
                free.start = windows[i].end;
            if (windows[i].start >= best.end && windows[i].start < free.end)
                free.end = windows[i].start;
        }
        Window window = window_of(text, &best, free, found, matches);
        if (is_stopped(text))
            return NULL;
        size_t place = chosen++;
        for (; place > 0 && (windows[place - 1].start > window.start ||
                             (windows[place - 1].start == window.start && windows[place - 1].end > window.end));
             place--)
            windows[place] = windows[place - 1];
        windows[place] = window;
        shown |= best.words;
        count = leave_outside(spans, count, window);
    }
    PyObject *list = PyList_New((Py_ssize_t)chosen);
    for (size_t i = 0; list != NULL && i < chosen; i++) {
        PyObject *cut = cut_of(text, windows[i]);
        if (cut == NULL)
            Py_CLEAR(list);
        else
            PyList_SetItem(list, (Py_ssize_t)i, cut);
    }
    return list;
}

static PyObject *
cuts(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *found, *ends, *classes, *result = NULL;
    Py_ssize_t limit;
    Text text = {0};
    Sizes *sizes = &text.sizes;
    if (!PyArg_ParseTuple(args, "UO!O!nSOO(nnnnnn)", &text.string, &PyList_Type, &found, &PyList_Type, &ends,
                          &limit, &classes, &text.kinds, &text.judge, &sizes->size, &sizes->most, &sizes->least,
                          &sizes->word, &sizes->near, &sizes->abbreviation))
        return NULL;
    if (PyBytes_Size(classes) != KNOWN || limit < 0) {
        PyErr_SetString(PyExc_ValueError, "the classes must be those of 8,448 characters");
        return NULL;
    }
    text.classes = (void *)PyBytes_AsString(classes);
    text.length = PyUnicode_GetLength(text.string);
    Py_ssize_t matches = PyList_Size(found), last = PyList_Size(ends);
    limit = limit < last ? limit : last;
    Match *all = PyMem_Malloc(((size_t)matches + 2 * (size_t)last + 1) * sizeof *all);
    Span *spans = PyMem_Malloc(((size_t)last + 1) * sizeof *spans);
    Window *windows = PyMem_Malloc(((size_t)limit + 1) * sizeof *windows);
    if (all == NULL || spans == NULL || windows == NULL)
        PyErr_NoMemory();
    else {
        int status = read_matches(found, all, matches);
        if (status == 0)
            status = read_matches(ends, all + matches, last);
        if (status == 0) {
            size_t count = find_spans(spans, all + matches + last, all + matches, (size_t)last, sizes);
            result = choose(&text, spans, count, all, (size_t)matches, windows, (size_t)limit);
        }
        if (result == NULL && !PyErr_Occurred())
            result = Py_NewRef(Py_None);
    }
    PyMem_Free(all);
    PyMem_Free(spans);
    PyMem_Free(windows);
    PyMem_Free(text.beginnings);
    PyMem_Free(text.stops.items);
    return result;
}

static PyMethodDef methods[] = {
    {"cuts", cuts, METH_VARARGS, "See search/highlighting/_cuts.pyi."},
    {NULL, NULL, 0, NULL},
};

static int
execute(PyObject *module)
{
    return PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_cuts",
    .m_doc = "Parts of a text that show its matches, in C.",
    .m_methods = methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__cuts(void)
{
    return PyModuleDef_Init(&definition);
}
