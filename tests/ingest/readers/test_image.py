"""Images: pages of a scanner or a telephone."""

from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import DamagedFile, TooLarge
from ingest.readers import image, read_pages
from tests.ingest import papers
from tests.ingest.readers.test_ocr import needs_tesseract, shown


@needs_tesseract
def test_a_tiff_of_two_pages(tmp_path: Path) -> None:
    """Each page of a TIFF is a page, of the paper's size, and progress tells of it before and after."""
    first, second = papers.images(papers.letter(tmp_path / "a.pdf"))
    path = tmp_path / "a.tif"
    first.save(path, save_all=True, append_images=[second], dpi=(200, 200), compression="tiff_lzw")
    seen: list[tuple[int, int, bool]] = []

    def progress(page: int, total: int, *, recognising: bool = False) -> None:
        seen.append((page, total, recognising))

    reading = read_pages(path, progress)
    assert (reading.format, reading.text_source) == ("image", "ocr")
    assert seen == [(0, 2, True), (1, 2, False), (1, 2, True), (2, 2, False)]
    assert "Số: 12/KH-UBND" in shown(reading.pages[0].text)
    assert (reading.pages[0].width, reading.pages[0].height) == pytest.approx((papers.WIDTH, papers.HEIGHT), abs=1)


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_a_cut_off_image_is_refused(tmp_path: Path, suffix: str) -> None:
    """An image that lacks its end, or is nothing but a beginning, is refused."""
    path = tmp_path / f"a.{suffix}"
    Image.effect_noise((300, 400), 60).save(path)
    whole = path.read_bytes()
    for length in (8, 200, len(whole) // 2):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedFile, match="hỏng"):
            read_pages(path)


def test_an_image_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image that would unpack to more than it may is refused before it is unpacked."""
    path = tmp_path / "a.png"
    Image.new("1", (20_000, 20_000)).save(path)
    with pytest.raises(TooLarge, match="80 triệu"):
        read_pages(path)
    Image.new("1", (400, 400)).save(path)
    monkeypatch.setattr(image, "PIXELS_MOST", 100_000)
    with pytest.raises(TooLarge):
        read_pages(path)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel(tmp_path: Path, mode: str) -> None:
    """Bitmaps, grays, palettes, colours with and without transparency and sixteen bits are taken; white is blank."""
    path = tmp_path / ("a.tif" if mode in {"CMYK", "I;16"} else "a.png")
    if mode == "I;16":
        Image.new("I;16", (400, 500), 65_535).save(path)
    else:
        Image.new("RGB", (400, 500), "white").convert(mode).save(path)
    reading = read_pages(path)
    assert (len(reading.pages), reading.problems) == (1, ())
