"""Text to tokens, once, with offsets into the text as it was written.

Two tables do the work. `SHAPES` turns every character into one character of its class, so that a position in the shape
is a position in the text; `FOLDS` turns a character into what it is compared as: lower case, no accents, look-alike
letters as one. Phrase files pass through the same folds, so nothing depends on which of two look-alikes is "right".
In a script without spaces every letter is a word, and a space is a pause; katakana is compared as hiragana, and what
only draws a vowel out ("さぁーん") counts for nothing.

Everything is linear in the length of the text, and texts are cut at `LIMIT` characters first.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

LIMIT = 4_000
"""Eight times as long as most posts may be; what comes after is an essay, not a conversation, and is not read."""

MARK = "\x01"
"""Folds to itself, so that something can be marked before a text is folded; nobody writes it."""

NO_GAP, COMMA, SENTENCE = 0, 1, 2
"""What separates a token from the one before."""

WORD, MENTION, TAG, SYMBOL = "word", "mention", "tag", "symbol"


class Token(NamedTuple):
    """One word, mention, hashtag or symbol.

    `word` is what it is compared as (a mention keeps its @ and its server); `start` and `end` are offsets into the
    text; `gap` says what stands before it; `stem` is the word without its 's ("nora" of "Nora's"), else empty.
    """

    word: str
    start: int
    end: int
    kind: str = WORD
    gap: int = NO_GAP
    stem: str = ""


_LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕкмтвнһԁɡıοαεικνρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijskmtbhhdgioaeikvptuxabezhikmnoptyx",
        strict=True,
    )
)
_QUOTES = '"“”„‟«»「」『』〝〞'
_APOSTROPHES = "'’‘‛ʼʻ`´＇"
_ENDS = "!?;…。！？；؟।"
_WAVES = "〜～〰"
_PAUSES = ",()—–―‒，、：（）،؛[]|"
_DRAWING = "ーｰぁぃぅぇぉァィゥェォｧｨｩｪｫ"
_VOICING = "\u3099\u309a\uff9e\uff9f"
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF),
             (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D), (0x20000, 0x3FFFF))  # fmt: skip
_SCRIPTS = ((0x3041, 0x309F, "hiragana"), (0x30A1, 0x30FF, "katakana"), (0xFF66, 0xFF9F, "katakana"),
            (0x3005, 0x3007, "han"), (0x3400, 0x9FFF, "han"), (0xF900, 0xFAFF, "han"))  # fmt: skip


class _Shapes(dict[int, str]):
    """Code point to class: w word, c letter of a script without spaces, z invisible or combining, s symbol, ~ wave."""

    def __missing__(self, code: int) -> str:
        self[code] = shape = _shape(chr(code))
        return shape


class _Folds(dict[int, str]):
    """Code point to what it is compared as; a space where a word ends."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _shape(char: str) -> str:
    if char in _DRAWING or char in _VOICING:
        return "z"
    kind = category(char)
    for chars, shape in ((_QUOTES, '"'), (_APOSTROPHES, "'"), (_ENDS, "!"), (_PAUSES, ",")):
        if char in chars:
            return shape
    if char.isascii() and not char.isalnum():
        return char if char in "\n@#_-/:.&+>" else " "
    if kind[0] in "LN":
        return "c" if any(low <= ord(char) <= high for low, high in _UNSPACED) else "w"
    if kind in {"Cf", "Mn", "Me", "Mc"}:
        return "z"
    if char in "＠＃＆":
        return normalize("NFKC", char)
    if kind in {"Zl", "Zp"}:
        return "\n"
    return "~" if char in _WAVES else "s" if kind[0] == "S" else " "


def _fold(char: str) -> str:
    shape = _shape(char)
    if char == MARK:
        return MARK
    if shape in "z'":
        return ""
    if shape not in "wc":
        return " "
    if shape == "c":
        plain = normalize("NFKC", char)  # か and が are two letters, not one with and without an accent
        hiragana = (chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in plain if one.isalnum())
        return f" {''.join(hiragana)} "
    char = _LOOK_ALIKES.get(char, char)
    plain = normalize("NFKD", normalize("NFKD", char).casefold())
    return "".join(_LOOK_ALIKES.get(one, one) for one in plain if one.isalnum())


SHAPES = _Shapes({code: _shape(chr(code)) for code in range(128)})
FOLDS = _Folds({code: _fold(chr(code)) for code in range(128)})
_ASCII_SHAPES = dict(SHAPES)
_ASCII_FOLDS = {code: FOLDS[code] or None for code in range(128)}  # a plain dict takes str.translate's fast road

_ADDRESS = r"(?P<url>w++://[^ \n]*+|(?>(?:w++\.){1,5})w++/[^ \n]*+)|"
_PARTS = (
    r"(?P<mention>(?<![w_])@[wz_]++(?>(?:[.-][wz_]++)*)(?>(?:@[wz_]++(?>(?:[.-][wz_]++)*))?))(?P<owner>'[wz]++)?"
    r"|(?P<tag>#[wcz_]++)(?:'[wz]++)?"
    r"|(?P<word>w[wz]*+(?>(?:'[wz]++)*)|cz*+)"
    r"|(?P<symbol>sz*+|[&+]|(?<![w/])/w(?![wz/]))"
    r"|(?P<end>!|\.(?!w)|\n)"
    r"|(?P<pause>[.,:\"]|(?<= )-{1,3}+(?= )|(?<=[cz]) ++(?=c))"
)  # every repetition is possessive: nothing is ever tried twice
_SCAN = re.compile(_PARTS)
_SCAN_URLS = re.compile(_ADDRESS + _PARTS)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_VOICED = re.compile(f"[うか-ほゝウカ-ホヽｳｶ-ﾎ][{_VOICING}]")
_QUOTATION = re.compile(r"\"[^\"]*+\"|^>[^\n]*+", re.MULTILINE)
_SINGLE = re.compile(r"(?P<opens>(?<![wcz'])'(?=[wc@#]))|(?P<closes>(?<![ \n])'(?![wcz']))|\n")


def cut(text: str) -> str:
    """Return the text that is read: at most `LIMIT` characters, HTML entities resolved, offsets unchanged."""
    text = text[:LIMIT]
    return _ENTITY.sub(_padded, text) if "&" in text else text


def _padded(found: re.Match[str]) -> str:
    """An entity's character, filled up with invisible ones, so that every offset behind it stays true."""
    plain = html.unescape(found[0])
    return plain.ljust(len(found[0]), "\u200b") if len(plain) == 1 else found[0]


def fold(text: str) -> str:
    """Return the text as it is compared: folded words with spaces between them."""
    if text.isascii():
        return text.translate(_ASCII_FOLDS)
    return _VOICED.sub(lambda two: normalize("NFKC", two[0]), text).translate(FOLDS)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text that `cut` has returned. Addresses are left out."""
    found: list[Token] = []
    gap = NO_GAP
    shape = text.translate(_ASCII_SHAPES if text.isascii() else SHAPES)
    for part in (_SCAN_URLS if "/" in shape else _SCAN).finditer(shape):
        kind = part.lastgroup
        start, end = part.span()
        if kind == "word":
            word, stem = _word(text[start:end])
            found.append(Token(word, start, end, WORD, gap, stem))
        elif kind in {"end", "pause", "url"}:
            gap = max(gap, SENTENCE if kind == "end" else COMMA)
            continue
        else:
            found.append(_special(text, part, gap))
        gap = NO_GAP
    return found


@lru_cache(maxsize=16_384)
def _word(written: str) -> tuple[str, str]:
    """Fold a word, and its stem before 's; people use the same few thousand words, so most are known."""
    stem, _, tail = written.translate(SHAPES).rpartition("'")
    return fold(written).strip(), fold(written[: len(stem)]) if tail else ""


def _special(text: str, part: re.Match[str], gap: int) -> Token:
    start, end = part.span()
    if part["mention"]:
        handle = _name(part["mention"], text[start:end])
        return Token(handle, start, end, MENTION, gap, handle if part["owner"] else "")
    if part["tag"]:
        return Token(_name(part["tag"], text[start:end])[1:], start, end, TAG, gap)
    if text[start] in "&+":
        return Token(text[start], start, end, WORD, gap)
    return Token(text[start:end].lower() if text[start] == "/" else text[start], start, end, SYMBOL, gap)


def _name(shape: str, written: str) -> str:
    """Fold a mention or tag but keep its punctuation, which is part of the name."""
    pairs = zip(shape, written[: len(shape)], strict=True)
    return "".join(FOLDS[ord(char)].strip() if kind in "wzc" else kind for kind, char in pairs)


def script(char: str) -> str:
    """Name the script of a letter of Japanese; between two of them a word usually ends."""
    return next((name for low, high, name in _SCRIPTS if low <= ord(char) <= high), "")


@lru_cache(maxsize=1024)
def tag_word(tag: str) -> str:
    """Return a hashtag, written without #, as a token's word."""
    return "".join(token.word for token in tokens(cut(f"#{tag}"))[:1])


def quoted(text: str) -> list[tuple[int, int]]:
    """Return where somebody else's words stand: between quotation marks, and in lines that begin with >."""
    shape = text.translate(SHAPES)
    spans = [part.span() for part in _QUOTATION.finditer(shape)]
    begun: int | None = None
    for mark in _SINGLE.finditer(shape):  # an apostrophe is a quotation mark too, where it opens and closes in one line
        if mark.lastgroup == "closes" and begun is not None:
            spans.append((begun, mark.end()))
        begun = mark.start() if mark.lastgroup == "opens" else None
    return spans
