"""Made-up plans that lie close together: the same subject in other places and years, and reports that quote plans.

What each is about is known: its labels are what topic queries are judged by.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from archive.search import IndexEntry

SEED = 4
PLANS = 3_000
DATA = Path(__file__).with_name("topics.toml")

ACTIVITIES = (
    "triển khai công tác", "tuyên truyền", "kiểm tra", "tập huấn", "tăng cường công tác", "giám sát", "sơ kết công tác",
    "nâng cao hiệu quả", "thực hiện Đề án", "phát động phong trào",
)  # fmt: skip
PLACES = (
    "xã Thạch Bình", "xã Đồng Lộc", "xã Vĩnh Hòa", "xã Yên Thủy", "xã Quảng Phú", "xã An Khê", "xã Hòa Sơn",
    "xã Tân Tiến", "phường Bắc Sơn", "phường Trần Phú", "phường Đông Hải", "phường Lam Kinh", "xã Mỹ Lâm",
    "xã Cẩm Giàng", "xã Nga Sơn", "xã Hà Trung", "xã Thọ Xuân Đông", "phường Hải Bình",
)  # fmt: skip
PROVINCE = "tỉnh Lam Sơn"
YEARS = range(2017, 2027)
FOLLOWING = 0.15  # the share of documents about an earlier plan
SIGNERS = ("Lê Minh Khôi", "Trần Thu Hà", "Nguyễn Đức Tâm", "Phạm Hồng Liên", "Võ Quốc Bình", "Đinh Quang Thái")
KINDS = {"Kế hoạch": "KH", "Quyết định": "QĐ", "Báo cáo": "BC", "Thông báo": "TB", "Chỉ thị": "CT", "Hướng dẫn": "HD"}
COMMON = (
    "Nâng cao trách nhiệm của các cấp, các ngành và sự phối hợp chặt chẽ giữa các cơ quan, đơn vị",
    "Giao các phòng, ban chuyên môn tham mưu, tổ chức thực hiện bảo đảm tiến độ, chất lượng",
    "Kinh phí thực hiện từ nguồn ngân sách nhà nước và các nguồn huy động hợp pháp khác",
    "Định kỳ sáu tháng, một năm báo cáo kết quả thực hiện về cơ quan chủ trì để tổng hợp",
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, kịp thời phản ánh để xem xét, giải quyết",
    "Công tác tuyên truyền được tiến hành thường xuyên bằng nhiều hình thức phù hợp với từng đối tượng",
    "Kiểm tra, đôn đốc, kịp thời biểu dương tập thể, cá nhân làm tốt, nhắc nhở nơi làm chưa tốt",
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a document is about: its main topic, what it does about it, where, in which year; and a topic in passing."""

    topic: str
    area: str
    activity: str
    place: str
    year: int
    kind: str
    passing: str


@dataclass(frozen=True, slots=True)
class Plan:
    labels: Labels
    entry: IndexEntry


def plans(first_id: int) -> Iterator[Plan]:
    """Yield the plans, always the same, ids from `first_id` on; any two differ in more than the topic in passing."""
    draw = random.Random(SEED)
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    topics = {topic["name"]: topic for topic in data["topic"]}
    seen: set[tuple[object, ...]] = set()
    earlier: list[Plan] = []
    for id_ in range(first_id, first_id + PLANS):
        labels, about = None, None
        while labels is None or _identity(labels) in seen:
            about = draw.choice(earlier) if earlier and draw.random() < FOLLOWING else None
            labels = _following(about.labels, draw, topics) if about else _labels(draw, topics)
        seen.add(_identity(labels))
        plan = Plan(labels, _entry(id_, labels, about, topics, data["area"], draw))
        if about is None:
            earlier.append(plan)
        yield plan


def _identity(labels: Labels) -> tuple[object, ...]:
    return (labels.topic, labels.activity, labels.place, labels.year, labels.kind)


def _labels(draw: random.Random, topics: dict[str, Any]) -> Labels:
    topic, passing = draw.sample(list(topics), 2)
    place = PROVINCE if draw.random() < 0.4 else draw.choice(PLACES)
    kind = draw.choices(("Kế hoạch", "Quyết định", "Thông báo", "Chỉ thị"), (80, 8, 6, 6))[0]
    return Labels(topic, topics[topic]["area"], draw.choice(ACTIVITIES), place, draw.choice(YEARS), kind, passing)


def _following(plan: Labels, draw: random.Random, topics: dict[str, Any]) -> Labels:
    passing = draw.choice([name for name in topics if name != plan.topic])
    kind = draw.choice(("Báo cáo", "Thông báo", "Hướng dẫn"))
    return Labels(plan.topic, plan.area, plan.activity, plan.place, plan.year, kind, passing)


def _entry(  # noqa: PLR0913, PLR0917 - what a text is made of
    id_: int, labels: Labels, about: Plan | None, topics: dict[str, Any], areas: dict[str, Any], draw: random.Random
) -> IndexEntry:
    office, code = areas[labels.area]
    of_place = labels.place != PROVINCE
    issuer, symbol = (f"Ủy ban nhân dân {labels.place}", "UBND") if of_place else (office, code)
    subject = _subject(labels) if about is None else _following_subject(labels, about.entry)
    day = _day(labels.year, about, draw)
    number = f"{draw.randint(1, 900)}/{KINDS[labels.kind]}-{symbol}"
    head = (
        f"{issuer.upper()}\nSố: {number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Lam Sơn, ngày {day.day} tháng {day.month} năm {day.year}\n\n{labels.kind.upper()}\n{subject}\n\n"
    )
    basis = (
        f"Thực hiện {about.entry.kind} số {about.entry.number} về {_lowered(about.entry.subject)};\n" if about else ""
    )
    return IndexEntry(
        id=id_, version=1, state="public", number=number, kind=labels.kind, issuer=issuer, subject=subject,
        issued_on=day, signers=(draw.choice(SIGNERS),), text=head + basis + _body(labels, topics, draw),
    )  # fmt: skip


def _day(year: int, about: Plan | None, draw: random.Random) -> date:
    first = about.entry.issued_on if about and about.entry.issued_on else date(year, 1, 5)
    return first + timedelta(days=draw.randrange(1, (date(year, 12, 31) - first).days))


def _subject(labels: Labels) -> str:
    text = f"{labels.activity} {labels.topic} trên địa bàn {labels.place} năm {labels.year}"
    return text[0].upper() + text[1:]


def _following_subject(labels: Labels, plan: IndexEntry) -> str:
    doing = {"Báo cáo": "Kết quả thực hiện", "Thông báo": "Kết luận cuộc họp về", "Hướng dẫn": "Một số nội dung của"}
    return f"{doing[labels.kind]} {plan.kind} {_lowered(plan.subject)}"


def _lowered(subject: str | None) -> str:
    return (subject or "")[:1].lower() + (subject or "")[1:]


def _body(labels: Labels, topics: dict[str, Any], draw: random.Random) -> str:
    main, passing = topics[labels.topic], topics[labels.passing]
    paragraphs = [f"{draw.choice(COMMON)}." for _ in range(6)]
    paragraphs += [f"Về {labels.topic}: {', '.join(draw.sample(main['words'], 3))}." for _ in range(5)]
    paragraphs += [f"Phối hợp với các đơn vị trong {passing['name']}: {', '.join(draw.sample(passing['words'], 2))}."]
    paragraphs += [f"{draw.choice(ACTIVITIES).capitalize()} tại {labels.place} gắn với {draw.choice(main['words'])}."]
    draw.shuffle(paragraphs)
    return "\n".join(re.sub(r"\s+", " ", paragraph) for paragraph in paragraphs)
