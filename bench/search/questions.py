"""What is asked of every engine: classes of questions, drawn from the documents, the same for the same ones."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from bench.documents import ACTS, THINGS
from bench.search.corpus import Document
from ingest.orthography import fold

SEED = 7
SIZE = 20  # results a page
FACETS = ("kind", "issuer", "year")
_SAMPLE = 400  # documents that phrases are drawn from


@dataclass(frozen=True, slots=True)
class Question:
    """One search: every word must stand in the text, as a phrase side by side; words without accents mean all forms.

    Days are inclusive. Pages count from 1. `weighted`: a word in the subject counts for three in the text.
    """

    words: tuple[str, ...] = ()
    phrase: bool = False
    number: str | None = None  # the document's own
    without: str | None = None
    subject: str | None = None  # a word of it
    days: tuple[date, date] | None = None
    issuer: str | None = None
    newest: bool = False
    page: int = 1
    facets: bool = False  # FACETS, counted over all that is found
    weighted: bool = False

    @property
    def folded(self) -> bool:
        """Whether it is asked without accents."""
        return all(word == fold(word) for word in self.words)


@dataclass(slots=True)
class Vocabulary:
    """The words of a corpus by how many documents have them, and some of its documents."""

    documents: int = 0
    frequencies: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    sample: list[Document] = field(default_factory=list)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Vocabulary":
        """Read the documents, each once."""
        found = cls()
        for document in documents:
            words = _words(document.text)
            found.documents += 1
            found.frequencies.update(set(words))
            if len(found.sample) < _SAMPLE:
                found.sample.append(document)
                found.pairs.update(set(pairwise(words)))
        return found

    def between(self, least: float, most: float) -> list[str]:
        """Return the words of two letters or more that so many documents have, the most frequent first."""
        fitting = (
            (word, count) for word, count in self.frequencies.items() if least <= count <= most and word.isalpha()
        )
        return [word for word, _ in sorted(fitting, key=lambda one: (-one[1], one[0])) if len(word) > 1]


def questions(vocabulary: Vocabulary, each: int) -> dict[str, list[Question]]:
    """Return `each` questions of every class."""
    draw = random.Random(SEED)
    count = vocabulary.documents
    rare = vocabulary.between(1 if count < 5_000 else 2, 15)
    middling = vocabulary.between(0.02 * count, 0.1 * count)
    frequent = vocabulary.between(0.45 * count, count)
    names = [word for word in frequent if word != fold(word)]

    def some(words: Sequence[str], number: int = 1) -> tuple[str, ...]:
        return tuple(draw.sample(words, number))

    def document() -> Document:
        return draw.choice(vocabulary.sample)

    def thing() -> tuple[str, ...]:
        return tuple(_words(draw.choice(THINGS)))[:4]

    def passage(length: int) -> tuple[str, ...]:
        """Words in a row of which the first two stand together in few documents."""
        while True:
            words = _words(document().text)
            at = draw.randrange(len(words) - length)
            row = words[at : at + length]
            if all(word.isalpha() for word in row) and vocabulary.pairs[row[0], row[1]] < 0.05 * _SAMPLE:
                return tuple(row)

    def typed() -> tuple[str, ...]:
        return tuple(_words(f"{draw.choice(ACTS)} {draw.choice(THINGS)} năm {draw.randint(2010, 2026)}"))

    def year() -> tuple[date, date]:
        number = draw.randint(2010, 2025)
        return date(number, 1, 1), date(number, 12, 31)

    classes: dict[str, Callable[[], Question]] = {
        "rare word": lambda: Question(some(rare)),
        "frequent word": lambda: Question(some(frequent)),
        "three frequent words": lambda: Question(some(frequent, 3)),
        "three middling words": lambda: Question(some(middling, 2) + some(frequent)),
        "eight words of a text": lambda: Question(passage(8)),
        "phrase of two, frequent": lambda: Question(thing()[:2], phrase=True),
        "phrase of four, frequent": lambda: Question(thing(), phrase=True),
        "phrase of four, rare": lambda: Question(passage(4), phrase=True),
        "word, without another": lambda: Question(some(names), without=draw.choice(middling)),
        "word in the subject": lambda: Question(subject=draw.choice(thing())),
        "word, days of a year": lambda: Question(some(frequent), days=year()),
        "word, one body": lambda: Question(some(frequent), issuer=document().issuer),
        "word, newest first": lambda: Question(some(frequent), newest=True),
        "everything, newest first": lambda: Question(newest=True),
        "word, fiftieth page": lambda: Question(some(frequent), page=50),
        "facets of a frequent word": lambda: Question(some(frequent), facets=True),
        "facets of a middling word": lambda: Question(some(middling), facets=True),
        "three words, no accents": lambda: Question(tuple(map(fold, some(frequent, 3)))),
        "phrase of four, no accents": lambda: Question(tuple(map(fold, thing())), phrase=True),
        "number": lambda: Question(number=document().number),
        "what a person types": lambda: Question(typed(), weighted=True),
        "the same, no accents": lambda: Question(tuple(map(fold, typed())), weighted=True),
    }
    return {name: [make() for _ in range(each)] for name, make in classes.items()}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
