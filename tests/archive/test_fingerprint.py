"""What of a text is kept to find others nearly alike."""

from archive.fingerprint import fingerprint

WORDS = [f"từ{n}" for n in range(400)]
TEXT = " ".join(WORDS)


def shared(one: str, other: str) -> int:
    return len(set(fingerprint(one)) & set(fingerprint(other)))


def test_the_same_text_has_the_same_values() -> None:
    """However it is accented and spaced, and in every process: the values are kept."""
    assert fingerprint(TEXT) == fingerprint(TEXT.replace("ừ", "u").replace(" ", "\n"))
    assert fingerprint(TEXT)[0] == 2333852849860827176


def test_nearly_the_same_text_shares_some() -> None:
    """Two words changed of four hundred leave most values as they are."""
    assert shared(TEXT, TEXT.replace("từ100 ", "khác ").replace("từ300 ", "khác ")) >= 8


def test_another_text_shares_none() -> None:
    """The same words in another order are another text."""
    assert shared(TEXT, " ".join(sorted(WORDS, key=lambda word: word[::-1]))) == 0


def test_a_short_text_has_none() -> None:
    """A slip of paper in the usual form is like every other."""
    assert fingerprint("Kính gửi các sở, ban, ngành") == ()
