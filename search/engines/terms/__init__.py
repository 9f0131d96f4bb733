"""Which words does an index have, in how many documents each, and which are spelled like a given one?

Nothing of a vocabulary is held in memory: `term_list` reads one sorted list of words from the bytes of a
memory-mapped file, `letters` finds the words of such a list that have almost the same letters as another, and
`term_dictionary` answers from the lists of several commits, the newest of which decides. `vocabulary` keeps
the files of an index, on disk or in a cluster. Every engine has the same dictionary.
"""
