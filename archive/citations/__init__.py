"""Dẫn chiếu: which held documents a citation means. Exactly one → resolved, several → ambiguous, none → missing.

    identity.py     what a citation tells of the document it means, and whether it can mean a held one
    ways.py         what a document cites, each document once, in one way
    corrections.py  staff's corrections, laid over what was read;  correcting.py  making them
    resolution.py   the answers for the whole catalogue, kept level with it as documents come, change and leave
    resettlement.py  the answers where staff have said something of bodies
    disagreements.py  where a document is cited otherwise than it is
    mismatches.py   all such places, for a work list;  dismissing.py  putting them away
    ranking.py      how often each document is cited, and which of those that are not held are cited most

What a viewer is answered depends on which of the documents meant the viewer may see: `catalogue.queries` puts it so.
"""

from archive.citations.resolution import catch_up, leave, settle, settle_all

__all__ = ["catch_up", "leave", "settle", "settle_all"]
