"""Documents to search in, always the same: about 10 KB each, syllables as frequent as in administrative Vietnamese.

A third of the sentences are those of phrases.toml with other names, numbers and days; the others are rows of words
from a lexicon of 30,000, drawn by the law of Zipf and Mandelbrot. The lexicon's commonest syllables are those of the
phrases, in the order of their frequency; after them come well-formed ones. One word in seventy carries a misprint.
"""

import hashlib
import itertools
import json
import random
import re
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bench.documents import ACTS, THINGS
from ingest.orthography import canonical

SEED = 2026
CACHE = Path(tempfile.gettempdir()) / "luu-tru-bench"
SYLLABLES, WORDS = 6_500, 30_000
SIZE = (7_600, 11_400)  # bytes of a document's text
PHRASES = Path(__file__).with_name("phrases.toml")

INITIALS = ("", *"b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split())  # noqa: SIM905 - a list to read
RHYMES = (  # noqa: SIM905 - likewise
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê "
    "êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oai oan oang oat oc oe oi om "
    "on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut uy "
    "uyên uyêt ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương ươp ươt ưt ưu y"
).split()
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
STOPPED = (TONES[2], TONES[5])  # the only tones of a syllable that ends in p, t, c or ch

KINDS = {"KH": ("Kế hoạch", 60), "QĐ": ("Quyết định", 12), "BC": ("Báo cáo", 9), "TB": ("Thông báo", 5),
         "NQ": ("Nghị quyết", 4), "CT": ("Chỉ thị", 4), "TTr": ("Tờ trình", 3), "HD": ("Hướng dẫn", 3)}  # fmt: skip
OFFICES = {
    "UBND": "Ủy ban nhân dân tỉnh Lam Sơn", "SKHCN": "Sở Khoa học và Công nghệ", "SNV": "Sở Nội vụ",
    "STC": "Sở Tài chính", "SYT": "Sở Y tế", "SGDĐT": "Sở Giáo dục và Đào tạo", "SNNMT": "Sở Nông nghiệp và Môi trường",
    "SXD": "Sở Xây dựng", "SCT": "Sở Công Thương", "STP": "Sở Tư pháp", "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "SNgV": "Sở Ngoại vụ", "TTT": "Thanh tra tỉnh", "BDT": "Ban Dân tộc và Tôn giáo", "VP": "Văn phòng tỉnh",
    "BQLKKT": "Ban Quản lý Khu kinh tế",
}  # fmt: skip
FAMILIES = "Nguyễn Trần Lê Phạm Huỳnh Võ Phan Bùi Đặng Đỗ Ngô Hồ Dương Đinh Lâm Lý Mai Cao Đoàn Hà Lương".split()  # noqa: SIM905 - likewise
MIDDLES = "Văn Thị Minh Thanh Hữu Quốc Đức Ngọc Hoàng Xuân Thành Kim Bá Tấn Trọng Hồng".split()  # noqa: SIM905 - likewise
GIVEN = "Hùng Dũng Hạnh Lan Hương Tuấn Tâm Nghĩa Phương Thảo Vinh Khánh Sơn Hải Long Nam Bình Đạt Trang Yến".split()  # noqa: SIM905 - likewise


@dataclass(frozen=True, slots=True)
class Document:
    """One made-up document, numbered from 1."""

    id: int
    number: str
    kind: str
    issuer: str
    subject: str
    signer: str
    issued_on: date
    text: str


def documents(count: int) -> Iterator[Document]:
    """Yield documents 1 to `count`, from the cache when they have been made before."""
    path = CACHE / f"documents-{_version()}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.touch()
    have = size = 0
    with path.open("rb") as lines:
        for line in itertools.islice(lines, count):
            if not line.endswith(b"\n"):  # whoever wrote it was stopped
                break
            have, size = have + 1, size + len(line)
            fields = json.loads(line)
            yield Document(**fields | {"issued_on": date.fromisoformat(fields["issued_on"])})
    if have < count:
        yield from _made(path, size, range(have + 1, count + 1))


def _made(path: Path, size: int, ids: Iterable[int]) -> Iterator[Document]:
    """Make documents, and put them into the cache behind its first `size` bytes."""
    generator = Generator()
    with path.open("r+b") as cache:
        cache.truncate(size)
        cache.seek(size)
        for id_ in ids:
            document = generator.document(id_)
            cache.write(json.dumps(asdict(document), ensure_ascii=False, default=str).encode() + b"\n")
            yield document


def _version() -> str:
    sources = (Path(__file__), PHRASES, Path(__file__).parents[1] / "documents.py")
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


class Generator:
    """Makes a document of its number alone, so that 20,000 are the first of 100,000."""

    def __init__(self) -> None:
        draw = random.Random(SEED)
        phrases = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
        self._sentences, self._people = phrases["sentences"], phrases["people"]
        common = [s for s, _ in Counter(_syllables_of([*self._sentences, *THINGS, *ACTS, *self._people])).most_common()]
        rest = sorted(set(well_formed()).difference(common))
        draw.shuffle(rest)
        syllables = (common + rest)[:SYLLABLES]
        self._lexicon = _lexicon(draw, syllables)
        self._frequencies = list(itertools.accumulate(1 / (rank + 25) for rank in range(WORDS)))
        self._places = [f"xã {' '.join(draw.sample(syllables[200:2500], 2)).title()}" for _ in range(400)]

    def document(self, id_: int) -> Document:
        draw = random.Random(f"{SEED} {id_}")
        day = _day(draw)
        code = _weighted(draw, {code: share for code, (_, share) in KINDS.items()})
        symbol = _weighted(draw, {symbol: 1 / (n + 1) ** 0.8 for n, symbol in enumerate(OFFICES)})
        things = draw.sample(THINGS, 5)
        about = f"{draw.choice(ACTS)} {things[0]} {' '.join(self._words(draw, 3))}"
        made = Document(
            id=id_,
            number=f"{draw.randint(1, 4200)}/{code}-{symbol}",
            kind=KINDS[code][0],
            issuer=OFFICES[symbol],
            subject=f"{about} năm {day.year}".capitalize(),
            signer=_person(draw),
            issued_on=day,
            text="",
        )
        return replace(made, text=_header(made) + self._body(draw, things) + _foot(made))

    def _body(self, draw: random.Random, things: list[str]) -> str:
        paragraphs, size, wanted = [], 0, draw.randint(*SIZE) - 700
        while size < wanted:
            sentences = [
                self._sentence(draw, things) if draw.random() < 0.33 else self._row(draw)
                for _ in range(draw.randint(1, 4))
            ]
            paragraph = f"{draw.choice(('- ', '', '+ '))}{'. '.join(sentences)}.\n"
            paragraphs.append(paragraph)
            size += len(paragraph.encode())
        return "".join(paragraphs)

    def _sentence(self, draw: random.Random, things: list[str]) -> str:
        fill: dict[str, Callable[[], str]] = {
            "thing": lambda: draw.choice(things),
            "act": lambda: draw.choice(ACTS),
            "people": lambda: draw.choice(self._people),
            "body": lambda: draw.choice(list(OFFICES.values())),
            "place": lambda: draw.choice(self._places),
            "number": lambda: f"{draw.randint(1, 4200)}/{draw.choice(list(KINDS))}-{draw.choice(list(OFFICES))}",
            "day": lambda: f"{_day(draw):%d/%m/%Y}",
            "year": lambda: str(_day(draw).year),
            "count": lambda: str(draw.randint(2, 980)),
        }
        return re.sub(r"\{(\w+)\}", lambda slot: fill[slot[1]](), draw.choice(self._sentences))

    def _row(self, draw: random.Random) -> str:
        words = self._words(draw, draw.randint(8, 26))
        at = draw.randrange(len(words))
        chance = draw.random()
        if chance < 0.1:
            words[at] = _person(draw)
        elif chance < 0.2:
            words[at] = draw.choice(self._places)
        elif chance < 0.35:
            words[at] = str(draw.randint(2, 98_000))
        elif chance < 0.6:
            words[at] = _misprinted(draw, words[at])
        comma = len(words) // 2
        return f"{' '.join(words[:comma])}, {' '.join(words[comma:])}".capitalize()

    def _words(self, draw: random.Random, count: int) -> list[str]:
        return draw.choices(self._lexicon, cum_weights=self._frequencies, k=count)


def well_formed() -> Iterator[str]:
    """Yield syllables as the spelling of Vietnamese allows them, many of which nobody uses."""
    for initial, rhyme in itertools.product(INITIALS, RHYMES):
        if (initial == "qu" and rhyme[0] in "uoôơư") or (initial == "gi" and rhyme[0] == "i"):
            continue
        vowels = re.match(r"[^bcghmnpt]+", rhyme)
        end = vowels.end() if vowels else len(rhyme)
        for tone in STOPPED if rhyme[-1] in "ptc" or rhyme.endswith("ch") else TONES:
            yield canonical(unicodedata.normalize("NFC", _spelt(initial, rhyme) + rhyme[:end] + tone + rhyme[end:]))


def _spelt(initial: str, rhyme: str) -> str:
    before_front = {"c": "k", "g": "gh", "ng": "ngh"}
    return before_front.get(initial, initial) if rhyme[0] in "ieêy" else initial


def _syllables_of(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", text).lower())


def _lexicon(draw: random.Random, syllables: list[str]) -> list[str]:
    weights = list(itertools.accumulate((rank + 12) ** -0.95 for rank in range(len(syllables))))
    words: dict[str, None] = {}
    while len(words) < WORDS:
        length = draw.choices((1, 2, 3, 4), (15, 70, 10, 5))[0]
        words[" ".join(draw.choices(syllables, cum_weights=weights, k=length))] = None
    return list(words)


def _header(document: Document) -> str:
    day = document.issued_on
    return (
        f"{document.issuer.upper()}\nSố: {document.number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\nLam Sơn, ngày {day.day} tháng {day.month} năm {day.year}\n\n"
        f"{document.kind.upper()}\n{document.subject}\n\n"
    )


def _foot(document: Document) -> str:
    return f"\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n{document.signer}\n"


def _day(draw: random.Random) -> date:
    return date(2005, 1, 1) + timedelta(days=int(21.8 * 365 * draw.random() ** 0.6))


def _person(draw: random.Random) -> str:
    return f"{draw.choice(FAMILIES)} {draw.choice(MIDDLES)} {draw.choice(GIVEN)}"


def _misprinted(draw: random.Random, word: str) -> str:
    at, letter = draw.randrange(len(word)), draw.choice("abcdeghiklmnopqrstuvxyôêâơ")
    return word[:at] + draw.choice((letter, "", letter + word[at])) + word[at + 1 :] or letter


def _weighted(draw: random.Random, weights: dict[str, float]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]
