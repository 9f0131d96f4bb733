/* The edit distances of a word and many others, in C: what EditPattern of search/edits.py computes and defines. */

#define Py_LIMITED_API 0x030b0000
#include <Python.h>

#include <stdint.h>

#define VERSION 1 /* raised with each change of this file; search/engines/terms/distances.py asks for it */
#define LONGEST 64 /* letters of the word: the rows of a column are the bits of an integer */

typedef struct {
    Py_ssize_t length;
    Py_UCS4 letters[LONGEST];
    uint64_t ascii[0x80]; /* for each letter, its places in the word */
} Pattern;

static int
read_pattern(Pattern *pattern, PyObject *word)
{
    pattern->length = PyUnicode_GetLength(word);
    if (pattern->length < 0)
        return -1;
    if (pattern->length > LONGEST) {
        PyErr_SetString(PyExc_ValueError, "the word is too long");
        return -1;
    }
    for (Py_ssize_t i = 0; i < pattern->length; i++) {
        Py_UCS4 letter = PyUnicode_ReadChar(word, i);
        pattern->letters[i] = letter;
        if (letter < 0x80)
            pattern->ascii[letter] |= (uint64_t)1 << i;
    }
    return 0;
}

static uint64_t
places_of(const Pattern *pattern, Py_UCS4 letter)
{
    if (letter < 0x80)
        return pattern->ascii[letter];
    uint64_t places = 0;
    for (Py_ssize_t i = 0; i < pattern->length; i++)
        places |= (uint64_t)(pattern->letters[i] == letter) << i;
    return places;
}

/* The distance of a word of ASCII, or of `other`; `limit` + 1 if there are more edits. See EditPattern.distance. */
static Py_ssize_t
distance(const Pattern *pattern, const char *ascii, PyObject *other, Py_ssize_t length, Py_ssize_t limit)
{
    Py_ssize_t edits = pattern->length;
    if (edits - length > limit || length - edits > limit)
        return limit + 1;
    if (edits == 0)
        return length;
    const uint64_t every = ~(uint64_t)0 >> (LONGEST - edits), last = (uint64_t)1 << (edits - 1);
    uint64_t rising = every, falling = 0, same = 0, before = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        uint64_t here = places_of(pattern, ascii ? (Py_UCS4)(unsigned char)ascii[i] : PyUnicode_ReadChar(other, i));
        uint64_t swapped = ((~same & here) << 1) & before;
        same = ((((here & rising) + rising) ^ rising) | here | falling | swapped) & every;
        uint64_t more = falling | (~(same | rising) & every), less = same & rising;
        edits += ((more & last) != 0) - ((less & last) != 0);
        if (edits - (length - 1 - i) > limit) /* each remaining letter removes one edit at most */
            return limit + 1;
        more = more << 1 | 1;
        rising = (less << 1 | ~(same | more)) & every;
        falling = more & same;
        before = here;
    }
    return edits < limit + 1 ? edits : limit + 1;
}

static Py_ssize_t
distance_of(const Pattern *pattern, PyObject *word, Py_ssize_t limit)
{
    char *data;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(word, &data, &size) < 0)
        return -1;
    Py_ssize_t ascii = 0;
    while (ascii < size && (unsigned char)data[ascii] < 0x80)
        ascii++;
    if (ascii == size)
        return distance(pattern, data, NULL, size, limit);
    PyObject *text = PyUnicode_DecodeUTF8(data, size, NULL);
    if (text == NULL)
        return -1;
    Py_ssize_t found = distance(pattern, NULL, text, PyUnicode_GetLength(text), limit);
    Py_DECREF(text);
    return found;
}

static PyObject *
distances(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *word, *others;
    Py_ssize_t limit;
    Pattern pattern = {0};
    if (!PyArg_ParseTuple(args, "UO!n", &word, &PyList_Type, &others, &limit) || read_pattern(&pattern, word) < 0)
        return NULL;
    if (limit < 0 || limit > 0xfe) {
        PyErr_SetString(PyExc_ValueError, "the limit must fit into a byte");
        return NULL;
    }
    Py_ssize_t count = PyList_Size(others);
    PyObject *found = PyBytes_FromStringAndSize(NULL, count);
    char *each = found ? PyBytes_AsString(found) : NULL;
    for (Py_ssize_t i = 0; each != NULL && i < count; i++) {
        Py_ssize_t edits = distance_of(&pattern, PyList_GetItem(others, i), limit);
        if (edits < 0) {
            Py_DECREF(found);
            return NULL;
        }
        each[i] = (char)edits;
    }
    return found;
}

static PyMethodDef methods[] = {
    {"distances", distances, METH_VARARGS, "See search/engines/terms/_distances.pyi."},
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
    .m_name = "_distances",
    .m_doc = "Edit distances, in C.",
    .m_methods = methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__distances(void)
{
    return PyModuleDef_Init(&definition);
}
