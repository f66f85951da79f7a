"""Markdown's marks taken off, line by line, so that what stays is the text a reader sees.

Lists keep their dashes, lines stay where they are; only a rule (`---`) and a table's ruling line become empty.
"""

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:[-*_][ \t]*){3,}|\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t:-]*|[`~]{3,}\w*)$")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^([ \t]*)\*[ \t]+")
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(
    r"(?<!\\)(\*{1,3})(?=[^\s*])(.{1,2000}?)(?<=[^\s\\])\1|(?<![\w\\])(_{1,3})(?=[^\s_])(.{1,2000}?)(?<=[^\s\\])\3(?!\w)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<\"])")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|span|center|p|div)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)

_SHOWN = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|(?<![*\\])\*\*(?=[^\s*])[^\n*]+?(?<=[^\s*\\])\*\*(?!\*)", re.MULTILINE)


def is_marked(text: str) -> bool:
    """Say whether the text shows a heading or bold of Markdown."""
    return _SHOWN.search(text) is not None


def strip(text: str) -> str:
    """Return the text without Markdown's marks: `### **KẾ HOẠCH**` → `KẾ HOẠCH`, `1\\.` → `1.`; dashes stay."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if _RULE.match(line):
        return ""
    line = _BULLET.sub(r"\1- ", _QUOTE.sub("", line))
    heading = _HEADING.match(line)
    if heading:
        line = heading[1]
    row = _ROW.match(line)
    if row:
        line = "\t".join(cell.strip() for cell in re.split(r"(?<!\\)\|", row[1]))
    return _inline(line)


def _inline(line: str) -> str:
    line = _LINK.sub(r"\1", _TAG.sub("", _BREAK.sub("\n", line)))
    bare = _EMPHASIS.sub(r"\2\4", line)
    while bare != line:  # emphasis nests: ***a** b*
        line, bare = bare, _EMPHASIS.sub(r"\2\4", bare)
    return _ESCAPE.sub(r"\1", bare.rstrip().removesuffix("\\"))
