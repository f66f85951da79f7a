"""Whether a certificate's chain leads to a certificate that the office trusts; nothing is asked of a network."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
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

from ingest.record import Trust

_ENDINGS = frozenset([".pem", ".crt", ".cer", ".der"])
_BROKEN = frozenset(["md2", "md5"])  # SHA-1 is only told in the verdict: the state's first certificates have it
_log = logging.getLogger(__name__)


class Roots:
    """The certificates in a folder, PEM or DER, each trusted to vouch for others; loaded when first asked for."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def chain(self, leaf: x509.Certificate, others: Iterable[x509.Certificate], at: datetime | None) -> Trust:
        """Return where the certificate's chain led at that time; without a time nothing can be said of the chain."""
        if at is None:
            return Trust.UNKNOWN
        context = ValidationContext(
            trust_roots=self._certificates,
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

    @cached_property
    def _certificates(self) -> list[x509.Certificate]:
        if self._folder is None or not self._folder.is_dir():
            return []
        files = sorted(path for path in self._folder.iterdir() if path.suffix.lower() in _ENDINGS)
        return [certificate for path in files for certificate in _loaded(path)]


def _without_chain(leaf: x509.Certificate, at: datetime) -> Trust:
    if leaf.self_signed != "no":
        return Trust.SELF_SIGNED
    return Trust.UNKNOWN if leaf.not_valid_before <= at <= leaf.not_valid_after else Trust.EXPIRED


def _loaded(path: Path) -> list[x509.Certificate]:
    try:
        return list(load_certs_from_pemder([str(path)]))
    except (ValueError, OSError) as error:
        _log.warning("%s holds no certificate that can be read: %s", path, error)
        return []
