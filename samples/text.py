"""A document as plain text, its two columns side by side, and as Markdown, its boxes one below another."""

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from samples.document import Document, Style, paragraphs

_LEFT, _RIGHT = 38, 48
_WRAP = textwrap.TextWrapper(_LEFT + _RIGHT, initial_indent=" " * 6, break_on_hyphens=False)
_MARKED = {
    Style.PLAIN: "{}",
    Style.CENTRED: "**{}**",
    Style.HEADING: "## **{}**",
    Style.ITALIC: "*{}*",
}


def write_text(document: Document) -> bytes:
    """Return UTF-8 text as a program saves it that keeps the page's layout."""
    lines = [*_columns([*document.left, document.number_line], [*document.motto, document.dateline]), ""]
    if not document.is_letter:
        lines += ["", document.kind.upper().center(_LEFT + _RIGHT).rstrip()]
        lines += [line.center(_LEFT + _RIGHT).rstrip() for line in textwrap.wrap(document.subject, 60)]
        lines.append("")
    lines += [f"{'Kính gửi: ' + name:^{_LEFT + _RIGHT}}".rstrip() for name in document.to]
    for paragraph in paragraphs(document.body):
        lines += [*_WRAP.wrap(paragraph.text.replace("**", "")), ""]
    recipients = ["Nơi nhận:", *document.recipient_lines]
    lines += _columns(recipients, [*document.signature, "", "", "", document.signer or ""], centred=False)
    return ("\n".join(lines) + "\n").encode()


def write_markdown(document: Document) -> bytes:
    """Return Markdown as a converter writes it."""
    blocks = [f"**{line}**" for line in document.left]
    blocks += [document.number_line, *(f"**{line}**" for line in document.motto), f"*{document.dateline}*"]
    blocks += [f"## {document.kind.upper()}", f"### **{document.subject}**"]
    blocks += [_MARKED[paragraph.style].format(paragraph.text) for paragraph in paragraphs(document.body)]
    blocks += ["***Nơi nhận:***", "\n".join(document.recipient_lines)]
    blocks += [f"**{line}**" for line in (*document.signature, document.signer)]
    return ("\n\n".join(blocks) + "\n").encode()


def _columns(left: list[str], right: list[str], *, centred: bool = True) -> Iterator[str]:
    for one, other in zip_longest(left, right, fillvalue=""):
        start = one.center(_LEFT) if centred else one.ljust(_LEFT)
        yield (start + other.center(_RIGHT)).rstrip()
