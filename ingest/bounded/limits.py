"""What one file may cost, and what is said when it costs more."""

import msgspec

from ingest.errors import TooLarge


class Limits(msgspec.Struct, frozen=True):
    """Bounds on one file: seconds of waiting and of CPU, megabytes of memory of the reading process, pages, processes.

    A file may take longer than its seconds while every page of it takes no more than `page_seconds`: recognition of a
    scanned volume takes two seconds a page. With no seconds for a page, the file's are all it has. Threads count as
    processes, and LibreOffice starts as many as there are cores.
    """

    seconds: float = 120.0
    page_seconds: float = 120.0
    memory_mb: int = 1024
    pages: int = 5_000
    processes: int = 256


def too_slow(limits: Limits) -> TooLarge:
    """Return the error for a file that takes more time than it may."""
    return TooLarge(f"Đọc tệp quá {limits.seconds:g} giây nên đã dừng; hãy chia nhỏ tệp rồi gửi lại.")


def page_too_slow(limits: Limits, page: int) -> TooLarge:
    """Return the error for a page, counted from 1, that takes more time than it may."""
    return TooLarge(
        f"Đọc trang {page} quá {limits.page_seconds:g} giây nên đã dừng; hãy quét lại trang đó rồi gửi lại."
    )


def too_big(limits: Limits) -> TooLarge:
    """Return the error for a file that takes more memory than it may."""
    return TooLarge(f"Đọc tệp cần quá {limits.memory_mb} MB bộ nhớ nên đã dừng; hãy chia nhỏ tệp rồi gửi lại.")


def too_long(limits: Limits, pages: int) -> TooLarge:
    """Return the error for a file of more pages than it may have."""
    return TooLarge(f"Tệp có {pages} trang, quá giới hạn {limits.pages} trang; hãy chia nhỏ tệp rồi gửi lại.")
