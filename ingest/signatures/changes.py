"""What was added to a signed PDF after a signature: nothing, signatures and stamps, or something else."""

from collections.abc import Iterable, Iterator

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, Reference
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate, WhitelistRule
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from ingest.record import Changes

COMPARED_MOST = 40_000  # objects of the file times the revisions after the signature; about four seconds
_PAGES_MOST = 5_000
_STAMPS = frozenset(["/Stamp", "/FreeText", "/Popup"])  # how a number, a day or "ĐẾN" is laid over a page


def after(embedded: EmbeddedPdfSignature) -> Changes | None:
    """Return what later revisions added to the one that was signed; None when that is too much to compare."""
    xrefs = embedded.reader.xrefs
    revisions = xrefs.total_revisions - 1 - embedded.signed_revision
    if revisions * int(embedded.reader.trailer["/Size"]) > COMPARED_MOST:
        return None
    # What the signature itself permits (DocMDP) is not asked: offices certify at the first signature and then sign on,
    # which the standard forbids and which changes nothing of what was signed.
    result = _POLICY.review_file(embedded.reader, embedded.signed_revision)
    if not isinstance(result, DiffResult):
        return Changes.CONTENT
    return Changes.NOTHING if result.modification_level == ModificationLevel.NONE else Changes.SIGNATURES


class _StampsAdded(WhitelistRule):
    """Explains new stamps on pages that are otherwise as they were, and the objects that came with them."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        """Yield the objects of the new revision that only stamps account for."""
        changed = new.explicit_refs_in_revision()
        for page in _pages(old.root["/Pages"]):
            array = _array(new(page))
            if page not in changed and array not in changed:
                continue
            added = _added(old(page), new(page))
            if added and all(new(annotation).get("/Subtype") in _STAMPS for annotation in added):
                yield ReferenceUpdate(page)
                if array:
                    yield ReferenceUpdate(array)
                yield from (ReferenceUpdate(one) for one in _brought(old, new, added))


_POLICY = StandardDiffPolicy(
    global_rules=[*DEFAULT_DIFF_POLICY.global_rules, _StampsAdded().as_qualified(ModificationLevel.ANNOTATIONS)],
    form_rule=DEFAULT_DIFF_POLICY.form_rule,
)


def _pages(root: DictionaryObject) -> Iterator[Reference]:
    """Yield the pages below the root of the page tree."""
    nodes = [root]
    seen = 0
    while nodes and seen < _PAGES_MOST:
        for kid in nodes.pop()["/Kids"].iterate():
            seen += 1
            below = kid.get_object()
            if "/Kids" in below:
                nodes.append(below)
            else:
                yield kid.reference


def _array(page: DictionaryObject) -> Reference | None:
    """Return where the page's annotations are listed, None when that is in the page itself."""
    annotations = page.raw_get("/Annots") if "/Annots" in page else None
    return annotations.reference if isinstance(annotations, IndirectObject) else None


def _added(before: DictionaryObject, now: DictionaryObject) -> set[Reference]:
    """Return the annotations that a page has now and had not; none when one is gone or anything else has changed."""
    had, has = _annotations(before), _annotations(now)
    is_same = compare_dicts(before, now, frozenset(["/Annots"]), raise_exc=False)
    return has - had if is_same and had <= has else set()


def _annotations(page: DictionaryObject) -> set[Reference]:
    return {annotation.reference for annotation in page.get("/Annots", ArrayObject()).iterate()}


def _brought(old: HistoricalResolver, new: HistoricalResolver, added: set[Reference]) -> Iterator[Reference]:
    """Yield the annotations and what they are drawn with, but for what the file had before, whatever refers to it."""
    parts = set(added)
    for annotation in added:
        parts |= new.collect_dependencies(new(annotation), since_revision=new.revision)
    yield from (part for part in parts if old.is_ref_unassignable(part))
