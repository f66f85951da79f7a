"""Cơ quan: the bodies that issue documents, under whatever name they appear.

keys.py         names made comparable: every name of a body makes its key
known.py        what the rules know of a body
changes.py      what staff say of bodies: events that can be undone
authority.py    the authority list: the two together, by which keys, names and predecessors are looked up
description.py  a body as its page tells it, and the list of all
editing.py      staff's changes made, and what follows for citations settled
"""

from archive.bodies.authority import Authority, authority
from archive.bodies.keys import Home, below_province, body_key, central_body, home, is_central, slug

__all__ = [
    "Authority",
    "Home",
    "authority",
    "below_province",
    "body_key",
    "central_body",
    "home",
    "is_central",
    "slug",
]
