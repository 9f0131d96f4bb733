/* Token cache for indexing, in C: what search/analysis/chunk_cache.py does, which defines the result.

   A ChunkTable divides a text into chunks and looks up the words and stems of each. All that depends on language,
   Unicode or policy is asked of Python, once for each distinct chunk. Tests compare both on any text.

   Callbacks may let other threads run, and may call the same table again. So nothing that points into the table is
   kept across one. */

#define Py_LIMITED_API 0x030b0000
#include <Python.h>

#include <stdint.h>
#include <string.h>

#define VERSION 3 /* raised with each change of this file; search/analysis/chunk_table.py asks for it */
#define HOLD '\x01' /* in place of the space between spaced initials, which are one chunk */
#define HEBREW 0xd7 /* the first byte of Hebrew letters; texts with any are divided by Python */
#define PUNCTUATION 64 /* characters from U+2000 on, in UTF-8 e2 80 80 to e2 80 bf */
#define FIRST_SIZE 1024 /* slots, a power of two */
#define LONGEST 0xffff /* bytes of a chunk, or of its words or stems, that are kept */

/* A slot of the hash table (open addressing, linear probing); empty if `data` is NULL.
   `data` is the chunk, its words and its stems; words and stems have a space behind them, if there are any. */
typedef struct {
    char *data;
    uint32_t hash;
    uint16_t chunk, words, stems; /* lengths in bytes */
} Slot;

typedef struct {
    PyObject_HEAD
    PyObject *chunks;   /* str -> list[bytes]: the chunks of a text */
    PyObject *initial;  /* str -> None, if these four characters are no full stop and spaced initial */
    PyObject *entry;    /* bytes -> (words, stems, whether to keep them) of a chunk */
    char ascii[128];    /* what stands in a chunk for an ASCII character; a space divides chunks */
    char punctuation[PUNCTUATION]; /* the ASCII character for one from U+2000 on, or 0 */
    uint64_t seed;
    Slot *slots;
    size_t size, used;
} Table;

typedef struct {
    char *data;
    size_t size, capacity;
} Buffer;

static int
append(Buffer *buffer, const char *data, size_t size)
{
    if (size == 0)
        return 0;
    if (size > buffer->capacity - buffer->size) {
        size_t limit = (size_t)PY_SSIZE_T_MAX / 2;
        if (buffer->size > limit || size > limit - buffer->size) {
            PyErr_NoMemory();
            return -1;
        }
        size_t capacity = (buffer->size + size) * 2;
        char *grown = PyMem_Realloc(buffer->data, capacity);
        if (grown == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        buffer->data = grown;
        buffer->capacity = capacity;
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return 0;
}

/* Words of a text are appended one by one, with a space behind each; the last one is left out. */
static PyObject *
as_str(const Buffer *buffer)
{
    return PyUnicode_DecodeUTF8(buffer->data ? buffer->data : "",
                                buffer->size ? (Py_ssize_t)buffer->size - 1 : 0, NULL);
}

static uint64_t
mixed(uint64_t value)
{
    value *= 0x9e3779b97f4a7c15u; /* 2^64 divided by the golden ratio */
    return value ^ (value >> 32);
}

static uint32_t
hash_of(const Table *self, const char *chunk, size_t size)
{
    uint64_t word, hash = self->seed ^ size;
    for (; size >= sizeof word; chunk += sizeof word, size -= sizeof word) {
        memcpy(&word, chunk, sizeof word);
        hash = mixed(hash ^ word);
    }
    word = 0;
    memcpy(&word, chunk, size);
    return (uint32_t)mixed(mixed(hash ^ word));
}

/* The slot of a chunk, or the empty one that it would have. There always is an empty one. */
static Slot *
slot_of(const Table *self, uint32_t hash, const char *chunk, size_t size)
{
    size_t at = hash & (self->size - 1);
    for (;; at = (at + 1) & (self->size - 1)) {
        Slot *slot = &self->slots[at];
        if (slot->data == NULL)
            return slot;
        if (slot->hash == hash && slot->chunk == size && memcmp(slot->data, chunk, size) == 0)
            return slot;
    }
}

static int
grow(Table *self)
{
    size_t size = self->size ? self->size * 2 : FIRST_SIZE;
    Slot *slots = size > self->size ? PyMem_Calloc(size, sizeof(Slot)) : NULL;
    if (slots == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < self->size; i++) {
        if (self->slots[i].data == NULL)
            continue;
        size_t at = self->slots[i].hash & (size - 1);
        while (slots[at].data != NULL)
            at = (at + 1) & (size - 1);
        slots[at] = self->slots[i];
    }
    PyMem_Free(self->slots);
    self->slots = slots;
    self->size = size;
    return 0;
}

/* Keep the words and stems of a chunk, unless another thread has done so in the meantime, or they are too long. */
static int
keep(Table *self, uint32_t hash, const char *chunk, size_t size, const Buffer *words, const Buffer *stems)
{
    if (size > LONGEST || words->size > LONGEST || stems->size > LONGEST)
        return 0;
    if (self->used >= self->size / 4 * 3 && grow(self) < 0)
        return -1;
    Slot *slot = slot_of(self, hash, chunk, size);
    if (slot->data != NULL)
        return 0;
    char *data = PyMem_Malloc(size + words->size + stems->size);
    if (data == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(data, chunk, size);
    if (words->size)
        memcpy(data + size, words->data, words->size);
    if (stems->size)
        memcpy(data + size + words->size, stems->data, stems->size);
    *slot = (Slot){data, hash, (uint16_t)size, (uint16_t)words->size, (uint16_t)stems->size};
    self->used++;
    return 0;
}

/* Append the words and stems of a chunk that is not in the table. */
static int
analyze(Table *self, uint32_t hash, const char *chunk, size_t size, Buffer *words, Buffer *stems)
{
    PyObject *bytes = PyBytes_FromStringAndSize(chunk, (Py_ssize_t)size);
    PyObject *found = bytes ? PyObject_CallFunctionObjArgs(self->entry, bytes, NULL) : NULL;
    Py_XDECREF(bytes);
    if (found == NULL)
        return -1;
    PyObject *own_word, *own_stem;
    const char *word, *stem;
    Py_ssize_t word_size, stem_size;
    int kept, status = -1;
    Buffer own_words = {0}, own_stems = {0};
    if (!PyTuple_Check(found))
        PyErr_SetString(PyExc_TypeError, "the entry of a chunk must be a tuple");
    else if (PyArg_ParseTuple(found, "UUp", &own_word, &own_stem, &kept)
             && (word = PyUnicode_AsUTF8AndSize(own_word, &word_size)) != NULL
             && (stem = PyUnicode_AsUTF8AndSize(own_stem, &stem_size)) != NULL
             && append(&own_words, word, (size_t)word_size) == 0
             && append(&own_words, " ", word_size ? 1 : 0) == 0
             && append(&own_stems, stem, (size_t)stem_size) == 0
             && append(&own_stems, " ", stem_size ? 1 : 0) == 0
             && append(words, own_words.data, own_words.size) == 0
             && append(stems, own_stems.data, own_stems.size) == 0)
        status = kept ? keep(self, hash, chunk, size, &own_words, &own_stems) : 0;
    PyMem_Free(own_words.data);
    PyMem_Free(own_stems.data);
    Py_DECREF(found);
    return status;
}

static int
look_up(Table *self, const char *chunk, size_t size, Buffer *words, Buffer *stems)
{
    uint32_t hash = hash_of(self, chunk, size);
    const Slot *slot = slot_of(self, hash, chunk, size);
    if (slot->data == NULL)
        return analyze(self, hash, chunk, size, words, stems);
    const char *word = slot->data + slot->chunk;
    if (append(words, word, slot->words) < 0)
        return -1;
    return append(stems, word + slot->words, slot->stems);
}

/* The length of a character of UTF-8 by its first byte. */
static size_t
length_of(unsigned char byte)
{
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/* The length of the whitespace between a full stop, at which `text` begins, and a spaced initial; 0 if it is
   followed by anything else; -1 for an error. */
static Py_ssize_t
space_before_initial(Table *self, const char *text, size_t size)
{
    if (size < 4 || ((unsigned char)text[1] < 0x80 && text[1] > ' '))
        return 0;
    size_t space = length_of((unsigned char)text[1]);
    if (size < space + 3)
        return 0;
    size_t initial = length_of((unsigned char)text[1 + space]);
    if (size < space + initial + 2 || text[1 + space + initial] != '.')
        return 0;
    PyObject *start = PyUnicode_FromStringAndSize(text, (Py_ssize_t)(space + initial + 2));
    PyObject *found = start ? PyObject_CallFunctionObjArgs(self->initial, start, NULL) : NULL;
    Py_XDECREF(start);
    if (found == NULL)
        return -1;
    int is_initial = found != Py_None;
    Py_DECREF(found);
    return is_initial ? (Py_ssize_t)space : 0;
}

/* A chunk without a full stop and a comma at its end. */
static int
finish(Table *self, const char *chunk, size_t size, Buffer *words, Buffer *stems)
{
    if (size && chunk[size - 1] == '.')
        size--;
    if (size && chunk[size - 1] == ',')
        size--;
    return size ? look_up(self, chunk, size, words, stems) : 0;
}

/* Divide a text in UTF-8. `chunk` has room for all of it: each byte that is written replaces one or more. */
static int
divide(Table *self, const char *text, size_t size, char *chunk, Buffer *words, Buffer *stems)
{
    size_t length = 0;
    for (size_t at = 0; at < size;) {
        unsigned char byte = (unsigned char)text[at];
        char written = text[at];
        size_t read = 1;
        if (byte < 0x80) {
            written = self->ascii[byte];
        }
        else if (byte == 0xe2 && size - at > 2 && (unsigned char)text[at + 1] == 0x80) {
            char ascii = self->punctuation[(unsigned char)text[at + 2] % PUNCTUATION];
            if (ascii) {
                written = self->ascii[(unsigned char)ascii % 128];
                read = 3;
            }
        }
        if (written == ' ') {
            if (length && finish(self, chunk, length, words, stems) < 0)
                return -1;
            length = 0;
        }
        else {
            chunk[length++] = written;
        }
        if (byte == '.') {
            Py_ssize_t space = space_before_initial(self, text + at, size - at);
            if (space < 0)
                return -1;
            if (space) {
                chunk[length++] = HOLD;
                read += (size_t)space;
            }
        }
        at += read;
    }
    return length ? finish(self, chunk, length, words, stems) : 0;
}

/* Look up the chunks that Python divides a text into. */
static int
divide_by_python(Table *self, PyObject *text, Buffer *words, Buffer *stems)
{
    PyObject *chunks = PyObject_CallFunctionObjArgs(self->chunks, text, NULL);
    if (chunks == NULL)
        return -1;
    int status = -1;
    if (!PyList_Check(chunks)) {
        PyErr_SetString(PyExc_TypeError, "the chunks of a text must be a list");
        goto done;
    }
    for (Py_ssize_t i = 0; i < PyList_Size(chunks); i++) {
        PyObject *chunk = PySequence_GetItem(chunks, i); /* ours, for what Python does may change the list */
        if (chunk == NULL)
            goto done;
        char *data;
        Py_ssize_t size;
        int failed = PyBytes_AsStringAndSize(chunk, &data, &size) < 0 ||
                     look_up(self, data, (size_t)size, words, stems) < 0;
        Py_DECREF(chunk);
        if (failed)
            goto done;
    }
    status = 0;
done:
    Py_DECREF(chunks);
    return status;
}

static int
divide_any(Table *self, PyObject *text, Buffer *words, Buffer *stems)
{
    Py_ssize_t size;
    const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    if (utf8 == NULL) { /* it has lone surrogates, or is no str */
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return -1;
        PyErr_Clear();
        return divide_by_python(self, text, words, stems);
    }
    if (memchr(utf8, HEBREW, (size_t)size) != NULL)
        return divide_by_python(self, text, words, stems);
    char *chunk = PyMem_Malloc((size_t)size + 1);
    if (chunk == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int status = divide(self, utf8, (size_t)size, chunk, words, stems);
    PyMem_Free(chunk);
    return status;
}

static PyObject *
table_terms(PyObject *object, PyObject *text)
{
    Table *self = (Table *)object;
    Buffer words = {0}, stems = {0};
    PyObject *terms = NULL;
    if (divide_any(self, text, &words, &stems) == 0) {
        PyObject *all_words = as_str(&words);
        PyObject *all_stems = all_words ? as_str(&stems) : NULL;
        if (all_stems)
            terms = PyTuple_Pack(2, all_words, all_stems);
        Py_XDECREF(all_words);
        Py_XDECREF(all_stems);
    }
    PyMem_Free(words.data);
    PyMem_Free(stems.data);
    return terms;
}

static int
table_clear(PyObject *object)
{
    Table *self = (Table *)object;
    Py_CLEAR(self->chunks);
    Py_CLEAR(self->initial);
    Py_CLEAR(self->entry);
    return 0;
}

static int
table_traverse(PyObject *object, visitproc visit, void *arg)
{
    Table *self = (Table *)object;
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->chunks);
    Py_VISIT(self->initial);
    Py_VISIT(self->entry);
    return 0;
}

static void
table_dealloc(PyObject *object)
{
    Table *self = (Table *)object;
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    table_clear(object);
    for (size_t i = 0; i < self->size; i++)
        PyMem_Free(self->slots[i].data);
    PyMem_Free(self->slots);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

/* A number that no archive can know, so that none can choose chunks of one hash: Python's own secret. */
static int
seed(uint64_t *number)
{
    PyObject *text = PyUnicode_FromString("search.analysis");
    Py_hash_t hash = text ? PyObject_Hash(text) : -1;
    Py_XDECREF(text);
    *number = (uint64_t)hash;
    return hash == -1 ? -1 : 0;
}

static PyObject *
table_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    PyObject *chunks, *initial, *entry, *of_ascii, *of_punctuation;
    char *ascii, *punctuation;
    Py_ssize_t ascii_size, punctuation_size;
    if (!PyArg_ParseTuple(args, "OOOSS", &chunks, &initial, &entry, &of_ascii, &of_punctuation)
        || PyBytes_AsStringAndSize(of_ascii, &ascii, &ascii_size) < 0
        || PyBytes_AsStringAndSize(of_punctuation, &punctuation, &punctuation_size) < 0)
        return NULL;
    if (ascii_size != 128 || punctuation_size != PUNCTUATION) {
        PyErr_SetString(PyExc_ValueError, "the tables must have 128 and 64 bytes");
        return NULL;
    }
    PyObject *object = ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
    if (object == NULL)
        return NULL;
    Table *self = (Table *)object;
    self->chunks = Py_NewRef(chunks);
    self->initial = Py_NewRef(initial);
    self->entry = Py_NewRef(entry);
    memcpy(self->ascii, ascii, sizeof self->ascii);
    memcpy(self->punctuation, punctuation, sizeof self->punctuation);
    if (seed(&self->seed) < 0 || grow(self) < 0) {
        Py_DECREF(object);
        return NULL;
    }
    return object;
}

static PyMethodDef table_methods[] = {
    {"terms", table_terms, METH_O, "The folded words of a text, and their stems, each a space-joined string."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot table_slots[] = {
    {Py_tp_doc, "ChunkTable(chunks, initial, entry, ascii, punctuation): see search/analysis/chunk_table.py."},
    {Py_tp_new, table_new},
    {Py_tp_dealloc, table_dealloc},
    {Py_tp_traverse, table_traverse},
    {Py_tp_clear, table_clear},
    {Py_tp_methods, table_methods},
    {0, NULL},
};

static PyType_Spec table_spec = {
    .name = "search.analysis._chunk_table.ChunkTable",
    .basicsize = sizeof(Table),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = table_slots,
};

static int
execute(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &table_spec, NULL);
    if (type == NULL)
        return -1;
    int status = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return status < 0 ? -1 : PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_chunk_table",
    .m_doc = "The token cache of search.analysis.chunk_cache, in C.",
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__chunk_table(void)
{
    return PyModuleDef_Init(&definition);
}
