"""Whoosh on arrays: a codec whose segments are a few flat arrays, and a writer and a reader that work on them whole.

Stock Whoosh walks a query through Python objects, a posting at a time. Here a term's postings are slices of arrays, so
that NumPy intersects, scores, counts and sorts them; ordinary Whoosh queries run on the same segments.

    storage.py     files that are sealed when written and checked when read
    arrays.py      named arrays in such a file, and what is often asked of arrays
    postings.py    a segment's inverted file;       positions.py, matcher.py, terms.py  as Whoosh sees it
    recent.py      what was read or reckoned lately
    documents.py   a segment's documents;           columns.py  what is known of each
    codec.py       Whoosh's door to both
    inversion.py   texts to postings;  merging.py  segments to one;  writer.py  a commit
    snapshot.py    a committed state, to be evaluated

A commit writes new segments and then, in one renaming, a table of contents that names them; before it nothing counts,
and what an ended process left is removed by the next writer.
"""
