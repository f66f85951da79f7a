"""The examples in the rules' rows, tried: what a row shows must be read as the row says."""

from collections.abc import Callable, Iterator

from ingest import bodies, kinds, laws, numbers, positions, rules
from ingest.pipeline import understand
from ingest.readers import Reading
from ingest.record import Page, Reference
from ingest.rules.office import Row, called

_Read = tuple[str, object, object]  # the example, what is read in it, what should be


def faults() -> Iterator[str]:
    """Yield a Vietnamese sentence for every example of the office's own rows that is not read as its row says."""
    for name, tables in rules.own().items():
        for table, rows in tables.items():
            for place, row in enumerate(rows, start=1):
                for fault in misread(name, table, row):
                    yield f"{name}.toml, {called(table, place, row)}: {fault}."


def misread(name: str, table: str, row: Row) -> Iterator[str]:
    """Yield what is wrong with each example of a row of `name`.toml that is not read as the row says."""
    for example, read, meant in _EXAMPLES.get((name, table), _none)(row):
        if read != meant:
            yield f"ví dụ “{example}” được đọc là {read or 'không gì cả'}, lẽ ra là {meant or 'không gì cả'}"


def _none(_row: Row) -> Iterator[_Read]:
    return iter(())


def _of_kind(row: Row) -> Iterator[_Read]:
    for title in row.get("titles", []):
        yield title, kinds.titled(title), row["name"]
    for written in row.get("numbers", []):
        number = numbers.parse(written)
        yield written, number and kinds.of_symbol(number), row["name"]


def _of_body(row: Row) -> Iterator[_Read]:
    for cited in row["cited"]:
        body = bodies.known(cited)
        yield cited, body and body.name, row["name"]
        sentence = f"{cited} về việc phê duyệt"
        yield sentence, sentence[: bodies.cited_at(sentence, 0)], cited
    for successor in row.get("successors", []):
        body = bodies.known(successor)
        yield successor, body and body.name, successor


def _of_position(row: Row) -> Iterator[_Read]:
    for line, position in row["signed"].items():
        yield line, positions.read(line), position


def _of_misprint(row: Row) -> Iterator[_Read]:
    for printed, meant in row["numbers"].items():
        yield printed, " ".join(found.written for found in numbers.find(f"số {printed} ngày")), meant


def _of_phrase(row: Row) -> Iterator[_Read]:
    for text in row["examples"]:
        yield text, _relations(text)[-1:], [row["relation"]]
    for text in row.get("not", []):
        yield text, [relation for relation in _relations(text) if relation == row["relation"]], []


def _of_subject(row: Row) -> Iterator[_Read]:
    for text, subject in row["examples"].items():
        yield text, _subjects(text)[:1], [subject]
    for text in row["not"]:
        yield text, [subject for subject in _subjects(text) if subject], []


def _of_law(row: Row) -> Iterator[_Read]:
    for name in row["names"]:
        law = f"{row['kind']} {name}"
        found = laws.find(f"theo quy định của {law} và các văn bản hướng dẫn", [])
        yield law, ", ".join(citation.name or "" for citation in found), law


def _relations(text: str) -> list[str]:
    return [reference.relation.value for reference in _numbered(text)]


def _subjects(text: str) -> list[str | None]:
    return [reference.subject for reference in _numbered(text)]


def _numbered(text: str) -> list[Reference]:
    """Every document that a text cites by number, in order."""
    record = understand("", "", Reading("text", (Page(1, text),)))
    return [reference for reference in record.references if reference.number]


_EXAMPLES: dict[tuple[str, str], Callable[[Row], Iterator[_Read]]] = {
    ("kinds", "kind"): _of_kind,
    ("bodies", "body"): _of_body,
    ("positions", "position"): _of_position,
    ("misprints", "misprint"): _of_misprint,
    ("phrases", "phrase"): _of_phrase,
    ("subjects", "opening"): _of_subject,
    ("laws", "law"): _of_law,
}
