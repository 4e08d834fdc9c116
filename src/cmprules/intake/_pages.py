"""Legacy encodings, and how much a text looks like words when it is read in one of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

_SIGNS = frozenset("\u2019\u2018\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022®©™°½¼¾\xd7·«»¡¿€£µ\xa0")
_OPENING, _CLOSING = "\u2018\u201c", "\u2019\u201d™®"
_SHORT_ENDINGS = re.compile(r"(?:[stdm]|re|ve|ll)(?![^\W\d_])")
_NO_LETTER = r"(?![^\W\d_])"
_PLACES = {sign: re.compile(follows) for signs, follows in (
    ("µ", rf"(?:[glmsLMU]|mol|kat)?{_NO_LETTER}"), ("°", rf"\s?[CF]?{_NO_LETTER}"), ("±", r"\s?\d"), ("§", r"\s?[\d§]"),
    ("½¼¾", _NO_LETTER)) for sign in signs}
"""Signs of measures, numbers and paragraphs, and what follows them where they are meant."""
_HIGH = re.compile(r"(?<=(.))([^\x00-\x7f])(?=(.{0,3}))", re.DOTALL)
_MISFIT, _IN_A_ROW = -3, -1
_COMMON, _KNOWN = 2, 1
_IN_PLACE = 3
_MEANT = 4
_WIDTH = 2
"""A character of two bytes counts as much as two of one."""
_HALF_WIDTH = "\uff61"
"""The first of the Japanese characters of one byte."""

_WEST = ("àâæçèéêëîïôœùûüÿ", "áéíñóúü", "äöüß", "àáâãçéêíóôõú", "åäæöøé", "àèéìòù")
"""The letters with marks of French, Spanish, German, Portuguese, the Nordic languages and Italian."""
_CENTER = ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "ćčđšž", "äöüß")
"""Those of Czech, Slovak, Polish, Hungarian, Romanian, Croatian and German."""
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")


@attrs.frozen
class Script:
    """Letters or characters that are not Latin.

    Attributes:
        first: the first of them, in small letters.
        last: the last of them.
        usual: whether one is frequent in the language.
        wide: whether each has two bytes.
    """

    first: str
    last: str
    usual: Callable[[str], bool]
    wide: bool = False


@attrs.frozen
class Page:
    """An encoding and the letters by which it is known.

    Attributes:
        name: its name in Python.
        tongues: for Latin letters, the letters with marks of each language.
        script: the other letters.
    """

    name: str
    tongues: tuple[str, ...] = ()
    script: Script | None = None

    def likeness(self, text: str) -> int:
        """Score how much a text looks like names and titles: letters where they belong, of one language in a line."""
        fits = sum(self._fits(*match.groups()) for match in _HIGH.finditer(f"\n{text}"))
        lines = (line for line in text.lower().splitlines() if self.tongues and not line.isascii())
        return fits + sum(max(sum(map(line.count, letters)) for letters in self.tongues) for line in lines)

    def _fits(self, before: str, char: str, follows: str) -> int:
        """Score one character that is not ASCII, with those before and after it."""
        if char in _PLACES and not before.isalpha() and _PLACES[char].match(follows):
            return _MEANT
        if char in _SIGNS:
            return _IN_PLACE if _is_quotation(before, char, follows) else 1
        after = follows[:1]
        if self.script is not None:
            return _fits_script(self.script, before, char, after)
        both = before + after
        known = any(char.lower() in letters for letters in self.tongues)
        if not known or _odd_case(before, char, after) or not both.strip() or before.isdigit():
            return _MISFIT
        return _IN_A_ROW if both.isalpha() and not (before.isascii() or after.isascii()) else _COMMON

def _is_quotation(before: str, char: str, follows: str) -> bool:
    """Return whether a sign is a quotation mark, an apostrophe or that of a brand, and stands where one does."""
    starts, ends = not before.isalnum(), not follows[:1].isalnum()
    if char in _OPENING:
        return starts and not ends
    return char in _CLOSING and not starts and (ends or _SHORT_ENDINGS.match(follows) is not None)


def _fits_script(script: Script, before: str, char: str, after: str) -> int:
    """Score a character of another script, which does not stand alone or between ASCII letters."""
    width = _WIDTH if script.wide and char < _HALF_WIDTH else 1
    both = before + after
    strange = any(sign.isascii() and sign.isalpha() for sign in both) or both.isascii() or before.isdigit()
    if strange or not script.first <= char.lower() <= script.last or _odd_case(before, char, after):
        return _MISFIT * width
    return (_COMMON if script.usual(char.lower()) else _KNOWN) * width


def _odd_case(before: str, char: str, after: str) -> bool:
    """Return whether a letter is large within a word of small ones, or small before a large one."""
    both = before + after
    return (char.isupper() and before.isalpha() and both.upper() != both) or (char.islower() and after.isupper())


def _one_of(letters: str) -> Callable[[str], bool]:
    return letters.__contains__


def _from(name: str, first: int, last: int, also: str = "") -> Callable[[str], bool]:
    """Return whether a character is in the common part of a table of characters, by its first byte."""
    def found(char: str) -> bool:
        return (bool(also) and also[0] <= char <= also[1]) or first <= char.encode(name, "replace")[0] <= last
    return found


def _wide(usual: Callable[[str], bool]) -> Script:
    return Script("\u3001", "\uff9f", usual, wide=True)


_RUSSIAN = Script("\u0430", "\u045f", _one_of("оеаинтсрвлкмдпу"))
_KANA = "\u3041\u30fe"
PAGES = (
    Page("cp1252", _WEST),
    Page("cp1250", _CENTER),
    Page("iso8859_2", _CENTER),
    Page("cp1254", ("âçğıîöşüû",)),
    Page("cp1257", _BALTIC),
    Page("cp437", _WEST),
    Page("cp850", _WEST),
    Page("mac_roman", _WEST),
    Page("cp852", _CENTER),
    Page("cp1251", (), _RUSSIAN),
    Page("cp1253", (), Script("\u0386", "\u03ce", _one_of("αοιετσνηυρπκμλςάίόέή"))),
    Page("cp1255", (), Script("\u05d0", "\u05ea", _one_of("יוהלאתרמבשנ"))),
    Page("cp1256", (), Script("\u0621", "\u064a", _one_of("الينرمتبوهةسدعف"))),
    Page("cp874", (), Script("\u0e01", "\u0e4e", _one_of("นารกอเงมยลวดทสต้่ัิี"))),
    Page("koi8_r", (), _RUSSIAN),
    Page("cp866", (), _RUSSIAN),
    Page("cp932", (), _wide(_from("euc_jp", 0xB0, 0xCF, _KANA))),
    Page("cp949", (), _wide(_from("cp949", 0xB0, 0xC8))),
    Page("gb18030", (), _wide(_from("gb2312", 0xB0, 0xD7))),
    Page("big5", (), _wide(_from("big5", 0xA4, 0xC6))),
    Page("euc_jp", (), _wide(_from("euc_jp", 0xB0, 0xCF, _KANA))),
)
"""The encodings that are tried, the more usual first: of Windows, of old systems, of other scripts."""
