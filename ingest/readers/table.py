"""A table's cells put into reading order, for the formats that say which cells there are."""

from ingest.readers.layout import shows_columns

Cell = list[str]


def table_lines(rows: list[list[Cell]]) -> list[str]:
    """Return the lines of a table given as rows of cells of lines.

    A table that only sets things side by side (the official form's header and foot, a single row) reads its left half
    first. Any other reads row by row, a row a line, its cells a tab apart.
    """
    text = "\n".join(line for row in rows for cell in row for line in cell)
    if len(rows) == 1 or shows_columns(text):
        left = [line for row in rows for cell in row[:1] for line in cell]
        right = [line for row in rows for cell in row[1:] for line in cell]
        return [line for line in left + right if line.strip()]
    return ["\t".join(" ".join(cell).strip() for cell in row) for row in rows]
