"""Images of the pages of PDFs: drawn in a bounded child process when first looked at, then kept in a cache.

The cache is `cache/pages` of the instance and may be emptied at any time.
"""

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from archive import jobs
from archive.instance import Instance
from ingest.bounded import BoundedReader

WIDTH = 1200  # pixels

_MOST = 20_000  # images kept, of about 100 KB each
_SWEEP = 500  # drawings between two looks at how many there are


class PageImages:
    """The images of one instance's pages; holds the child process that draws them, until `close`."""

    def __init__(self, instance: Instance) -> None:
        self._store = instance.store
        self._folder = instance.directory / "cache" / "pages"
        self._reader = BoundedReader(jobs.limits(instance))
        self._drawn = count(1)

    def path(self, sha256: str, page: int) -> Path:
        """Return where the WebP image of a PDF's page (from 1) is, WIDTH pixels wide, drawing it if need be.

        Raises a ReadingError when the page cannot be drawn within the instance's bounds.
        """
        kept = self._place(sha256, page)
        if not kept.exists():
            image = self._reader.render_page(self._store.path(sha256), page, WIDTH)
            self._keep(kept, image)
        return kept

    def is_drawn(self, sha256: str, page: int) -> bool:
        """Say whether the image is there already, and costs nothing."""
        return self._place(sha256, page).exists()

    def forget(self, digests: Iterable[str]) -> None:
        """Drop the images of the files with these checksums, which are kept no more."""
        for sha256 in digests:
            for image in self._folder.glob(f"{sha256[:2]}/{sha256}-*.webp"):
                image.unlink(missing_ok=True)

    def close(self) -> None:
        """End the child process."""
        self._reader.close()

    def _place(self, sha256: str, page: int) -> Path:
        return self._folder / sha256[:2] / f"{sha256}-{page}.webp"

    def _keep(self, path: Path, image: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
            temporary.write(image)
        os.replace(temporary.name, path)  # noqa: PTH105 - one step, so that nobody is sent half an image
        if next(self._drawn) % _SWEEP == 0:
            self._sweep()

    def _sweep(self) -> None:
        """Drop the images drawn longest ago beyond the most that are kept."""
        images = sorted(self._folder.glob("*/*.webp"), key=lambda image: image.stat().st_mtime)
        for image in images[: max(0, len(images) - _MOST)]:
            image.unlink(missing_ok=True)
