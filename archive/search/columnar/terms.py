"""The terms of a segment as Whoosh asks for them."""

from collections.abc import Iterator
from typing import Any

from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from archive.search.columnar.matcher import Matcher
from archive.search.columnar.postings import Postings

Term = tuple[str, bytes]


class TermsReader(base.TermsReader):
    """Looks terms up in an inverted file."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def __contains__(self, term: Term) -> bool:
        return self._postings.find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return self._postings.fields

    def cursor(self, fieldname: str, fieldobj: Any) -> "Cursor":
        """Return a cursor at the field's first term."""
        return Cursor(self._postings, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Return every term of every field."""
        return (term for term, _ in self.items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Return the terms from the first that is not below `prefix` on, of this field and those after it."""
        return (term for term, _ in self.items_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Return every term with what is known of it."""
        return (pair for field in self._postings.fields for pair in self._items(field, self._postings.terms(field)))

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Return terms as terms_from does, with what is known of each."""
        fields = self._postings.fields
        following = fields[fields.index(fieldname) :] if fieldname in fields else ()
        for field in following:
            places = self._postings.terms(field)
            start = self._postings.at_or_after(field, prefix) if field == fieldname else places.start
            yield from self._items(field, range(start, places.stop))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term. Raise TermNotFound."""
        return info(self._postings, self._found(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> int:
        """Return how often a term stands in all documents; 0 when there is no such term."""
        place = self._postings.find(fieldname, text)
        return 0 if place is None else self._postings.occurrences(place)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many documents a term stands; 0 when there is no such term."""
        place = self._postings.find(fieldname, text)
        return 0 if place is None else self._postings.count(place)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        """Return the term's postings. Raise TermNotFound."""
        return Matcher(self._postings, self._found(fieldname, text), format_, (fieldname, text), scorer)

    def _items(self, field: str, places: range) -> Iterator[tuple[Term, TermInfo]]:
        return (((field, self._postings.term(place)), info(self._postings, place)) for place in places)

    def _found(self, field: str, text: bytes) -> int:
        place = self._postings.find(field, text)
        if place is None:
            raise TermNotFound(f"{field}:{text!r}")
        return place


class Cursor(base.FieldCursor):
    """Stands at one term of a field after the other; past the last it is not valid."""

    def __init__(self, postings: Postings, field: str, fieldobj: Any) -> None:
        self._postings = postings
        self._field = field
        self._fieldobj = fieldobj
        self._places = postings.terms(field)
        self._place = self._places.start

    def first(self) -> str | None:
        """Go to the first term and return it."""
        self._place = self._places.start
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not below the one given, and return it."""
        key = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._place = self._postings.at_or_after(self._field, key)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term and return it."""
        self._place += 1
        return self.text()

    def is_valid(self) -> bool:
        """Whether it stands at a term."""
        return self._place in self._places

    def text(self) -> str | None:
        """Return the term."""
        return self._fieldobj.from_bytes(self._postings.term(self._place)) if self.is_valid() else None

    term = text  # Whoosh calls it by both names

    def term_info(self) -> TermInfo | None:
        """Return what is known of the term."""
        return info(self._postings, self._place) if self.is_valid() else None


def info(postings: Postings, place: int) -> TermInfo:
    """Return what Whoosh wants to know of a term. The lengths are bounds: they are not kept for each term."""
    documents = postings.documents(range(place, place + 1))
    return TermInfo(
        weight=postings.occurrences(place),
        df=postings.count(place),
        minlength=1,
        maxlength=1 << 31,
        maxweight=postings.highest(place),
        minid=int(documents[0]),
        maxid=int(documents[-1]),
    )
