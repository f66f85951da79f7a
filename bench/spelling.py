"""How often a slip in a query is undone, and what that costs: over the made-up documents of bench.search.

.venv/bin/python -m bench.spelling [--documents 5000] [--queries 60]

Three words of a subject, half of them without accents, with one slip of each kind; then without any. Prints for each
kind how many of a hundred are respelled as they were, how many otherwise, and the milliseconds of CPU that it takes.
"""

import argparse
import random
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from archive.search import Filters, IndexEntry, WhooshIndex, parse
from bench.search.corpus import SEED, documents
from ingest.orthography import fold

PUBLIC = frozenset({"public"})
MARKS = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j", "\u0306": "w", "\u031b": "w"}
LETTERS = "abcdeghiklmnopqrstuvxy"


def exchanged(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def left_out(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word))
    return word[:at] + word[at + 1 :]


def doubled(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def replaced(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word))
    return word[:at] + draw.choice(LETTERS) + word[at + 1 :]


def by_telex(_draw: random.Random, word: str) -> str:
    """Return the keys of Telex, the tone's at the end."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in "\u0300\u0301\u0309\u0303\u0323":
            tone = MARKS[letter]
        else:
            keys += keys[-1] if letter == "\u0302" else MARKS.get(letter, "dd" if letter == "đ" else letter)
    return keys + tone


def other_tone(draw: random.Random, word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "\u0300\u0301\u0309\u0303\u0323"
    return unicodedata.normalize("NFC", re.sub(f"[{tones}]", lambda _: draw.choice(tones), letters))


SLIPS: dict[str, Callable[[random.Random, str], str]] = {
    "two letters exchanged": exchanged,
    "a letter left out": left_out,
    "a letter doubled": doubled,
    "a letter replaced": replaced,
    "Telex switched off": by_telex,
    "another tone": other_tone,
}


def _plain(subject: str) -> list[str]:
    return re.findall(r"\w+", subject.lower())


def index_of(count: int, folder: Path) -> tuple[WhooshIndex, list[str]]:
    """Return an index of so many documents, and their subjects."""
    subjects = []

    def entries() -> "list[IndexEntry]":
        made = []
        for one in documents(count):
            subjects.append(one.subject)
            made.append(
                IndexEntry(one.id, 1, "public", one.number, one.kind, one.issuer, one.subject, one.issued_on,
                           (one.signer,), one.text)
            )  # fmt: skip
        return made

    index = WhooshIndex(folder)
    index.rebuild(entries())
    return index, subjects


def slipped(draw: random.Random, words: list[str], slip: Callable[[random.Random, str], str]) -> list[str] | None:
    """Return the words with one of them slipped; None where none of them can."""
    at = max(range(len(words)), key=lambda at: len(words[at]))
    spoilt = slip(draw, words[at])
    return [*words[:at], spoilt, *words[at + 1 :]] if spoilt != words[at] and len(words[at]) > 2 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    options = parser.parse_args()
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        index, subjects = index_of(options.documents, Path(folder) / "index")
        print(f"{len(subjects):,} documents{'as meant':>22}{'otherwise':>12}{'median':>10}{'p95':>8} ms")
        for name, slip in {**SLIPS, "no slip": lambda _draw, word: word}.items():
            meant = otherwise = asked = 0
            spent = []
            while asked < options.queries:
                words = _plain(draw.choice(subjects))[:4][-3:]
                words = (
                    words
                    if asked % 2 or name in {"Telex switched off", "another tone"}
                    else fold(" ".join(words)).split()
                )
                typed = slipped(draw, words, slip) if name != "no slip" else words
                if typed is None:
                    continue
                asked += 1
                query = parse(" ".join(typed))
                asking = {"filters": Filters(), "sort": "relevance", "page": 1, "size": 1}
                results = index.search(query, states=PUBLIC, **asking)
                began = time.process_time()
                better = index.respelled(query, states=PUBLIC, found=results.total - results.lacking)
                spent.append((time.process_time() - began) * 1000)
                meant += str(better) == " ".join(words) if name != "no slip" else better is None
                otherwise += better is not None and str(better) != " ".join(words)
            print(
                f"{name:28}{100 * meant / asked:9.0f} %{100 * otherwise / asked:10.0f} %"
                f"{median(spent):10.1f}{quantiles(spent, n=20)[-1]:8.1f}"
            )
        index.close()


if __name__ == "__main__":
    main()
