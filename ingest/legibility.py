"""Whether a page's text can be read: the share of its words that are syllables of Vietnamese.

A text layer can be there and be rubbish: a font whose character map is broken (`7ӌ1+ LÀO CAI`), a scanner's recognition
for another language (`CQNG HOA XA HO!`). What tells it is that Vietnamese has few syllables, and strict ones: a rhyme
that ends in c, ch, p or t takes no tone but sắc or nặng.
"""

import re
import unicodedata
from functools import lru_cache

from ingest.orthography import LOWER, TONES, UPPER

# Shares of the words. Pages of print have 0.82 and more, most of them 0.98; the best layer of rubbish that was met, a
# scanner's recognition for English, 0.65; what Tesseract reads on scans, 0.73 and more, on drawings under 0.4.
LAYER_LEAST = 0.75
RECOGNISED_LEAST = 0.5

_WORDS_LEAST = 12  # fewer say nothing: a stamp, a page of numbers
_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh
    ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêt yêu ynh yt
"""
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_SYLLABLE = re.compile(rf"(?:{'|'.join(_INITIALS.split())})?(?:{'|'.join(_RHYMES.split())})")
_FOREIGN = re.compile(rf"[\ufffd\ue000-\uf8ff]|[^\W\d_{UPPER}{LOWER}]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "for", "is", "on", "by", "with", "from", "that", "this", "be", "are"]
)
_ENGLISH_SHARE = 0.15
_TOKEN = re.compile(r"\S+")


def share_of_syllables(text: str) -> float | None:
    """Return which share (0 to 1) of the words are syllables of Vietnamese; None where there are too few to say.

    Single letters, numbers and what hangs on them count for nothing; what holds a letter of another script, or one that
    its font does not name, counts as a wrong word.
    """
    tokens = _TOKEN.findall(text)
    foreign = sum(_FOREIGN.search(token) is not None for token in tokens)
    plain = [token for token in tokens if not (_FOREIGN.search(token) or _has_digit(token))]
    words = [word for token in plain for word in _WORD.findall(token)]
    total = len(words) + foreign
    return sum(map(is_syllable, words)) / total if total >= _WORDS_LEAST else None


def is_rubbish(text: str, least: float = LAYER_LEAST) -> bool:
    """Say whether there are words enough to tell, and fewer than the `least` share are syllables; English is none."""
    share = share_of_syllables(text)
    return share is not None and share < least and not _is_english(text)


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Say whether the word, in NFC, is written as a syllable of Vietnamese can be, in any case."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])


def _is_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH for word in words) > len(words) * _ENGLISH_SHARE


def _has_digit(token: str) -> bool:
    return any(c.isdigit() for c in token)
