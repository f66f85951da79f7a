"""The fingerprint of a text: texts nearly alike share some of its values, other texts none (MinHash in bands).

Of a text's runs of five words, 64 hash functions each keep the least value; two texts agree in one of them as often as
they have runs in common (Broder 1997). Four by four they make sixteen values: at 80 % in common, at least one agrees
with a probability of 0.9998; at 40 %, of 0.34. Whoever finds a shared value then compares the texts themselves.
"""

import re
from hashlib import blake2b
from zlib import crc32

import numpy as np

from ingest.orthography import fold

_RUN = 5  # words
_ROWS = 4
_BANDS = 16
_SHORTEST = 50  # words; a shorter text is its form more than its content
_chance = np.random.default_rng(2026)  # the functions must stay the same for as long as fingerprints are kept
_FACTORS = _chance.integers(1, 2**63, _ROWS * _BANDS, dtype=np.uint64) | np.uint64(1)
_ADDENDS = _chance.integers(0, 2**63, _ROWS * _BANDS, dtype=np.uint64)


def fingerprint(text: str) -> tuple[int, ...]:
    """Return the values, each from 0 below 2**63, the same without accents; none for a text of fewer than 50 words."""
    words = re.findall(r"\w+", fold(text).lower())
    if len(words) < _SHORTEST:
        return ()
    runs = {crc32(" ".join(words[i : i + _RUN]).encode()) for i in range(len(words) - _RUN + 1)}
    hashes = np.fromiter(runs, np.uint64, len(runs))
    least = [
        int(((hashes * factor + addend) >> np.uint64(32)).min())
        for factor, addend in zip(_FACTORS, _ADDENDS, strict=True)
    ]
    return tuple(_value(band, least[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))


def _value(band: int, least: list[int]) -> int:
    return int.from_bytes(blake2b(repr((band, least)).encode(), digest_size=8).digest(), "big") >> 1
