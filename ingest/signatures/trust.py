"""Whether a certificate's chain leads to a certificate that the office trusts; nothing is asked of a network."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    ValidationError,
)

from ingest.record import Problem, Trust

_BROKEN = frozenset(["md2", "md5"])  # SHA-1 is only told in the verdict: the state's first certificates have it
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Roots:
    """Certificates that are trusted to vouch for others, and what in their folder could not be read as one."""

    certificates: tuple[x509.Certificate, ...] = ()
    problems: tuple[Problem, ...] = ()

    def chain(self, leaf: x509.Certificate, others: Iterable[x509.Certificate], at: datetime | None) -> Trust:
        """Return where the certificate's chain led at that time; without a time nothing can be said of the chain."""
        if at is None:
            return Trust.UNKNOWN
        context = ValidationContext(
            trust_roots=self.certificates,
            other_certs=list(others),
            moment=at,
            best_signature_time=at,
            allow_fetching=False,
            weak_hash_algos=_BROKEN,
        )
        try:
            asyncio.run(CertificateValidator(leaf, validation_context=context).async_validate_path())
        except (ExpiredError, NotYetValidError):
            return Trust.EXPIRED
        # ValueError and TypeError: a certificate that is broken inside
        except (PathError, ValidationError, ValueError, TypeError):
            return _without_chain(leaf, at)
        return Trust.TRUSTED


def roots_in(folder: Path | None) -> Roots:
    """Return the certificates in the folder's files, PEM or DER; hidden files are passed over."""
    if folder is None or not folder.is_dir():
        return Roots()
    certificates: list[x509.Certificate] = []
    problems: list[Problem] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            certificates += _loaded(path)
        except (ValueError, TypeError, OSError) as error:
            _log.warning("%s holds no certificate that can be read: %s", path, error)
            problems.append(_unreadable(path))
    return Roots(tuple(certificates), tuple(problems))


def _without_chain(leaf: x509.Certificate, at: datetime) -> Trust:
    if leaf.self_signed != "no":
        return Trust.SELF_SIGNED
    return Trust.UNKNOWN if leaf.not_valid_before <= at <= leaf.not_valid_after else Trust.EXPIRED


def _loaded(path: Path) -> list[x509.Certificate]:
    certificates = list(load_certs_from_pemder([str(path)]))
    if not certificates:
        raise ValueError("its PEM blocks are something else")
    for certificate in certificates:
        _ = certificate.native  # parses all of it: a broken one fails here, not where a chain is followed
    return certificates


def _unreadable(path: Path) -> Problem:
    return Problem(
        "unreadable_root",
        f"Tệp {path.name} trong thư mục chứng thư tin cậy không đọc được, nên chữ ký được kiểm tra mà không có nó; "
        "hãy nhờ người quản trị thay bằng chứng thư dạng PEM hoặc DER rồi đọc lại.",
    )
