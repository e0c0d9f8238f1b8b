"""TSIG keys (RFC 8945) as key files hold them: BIND's statement, what Knot's keymgr writes, and dig's one line.

A fault never quotes what it found, since that may be the secret; only words that this file knows are shown.
"""

import base64
import binascii
import re

from linter.records.text.fault import Fault, nearest, one_of
from linter.source.frozen import Frozen

ALGORITHMS = (
    "hmac-sha256",
    "hmac-sha384",
    "hmac-sha512",
    "hmac-sha224",
    "hmac-sha1",
    "hmac-md5",
    "hmac-sha256-128",
    "hmac-sha384-192",
    "hmac-sha512-256",
)
"""RFC 8945 section 6, the one that servers make by default first."""
LONGEST = 65_536
"""Characters that a key file may have; one with a key has two hundred."""

_REFERENCE = "RFC 8945 section 6"
_WAY_OUT = 'write `key "name" { algorithm hmac-sha256; secret "…"; };` as `tsig-keygen` does'
_BLANK = re.compile(r"(?:\s+|//[^\n]*|#[^\n]*|(/\*)[^*]*(?:\*(?!/)[^*]*)*(?:\*/|(\Z)))+")
_TOKEN = re.compile(r'"[^"\n]*"|[{};]|[^\s"{};]+')
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_MOST_NAME = 253


class TsigKey(Frozen):
    """A key: its absolute lower-case name, one of `ALGORITHMS`, and the secret, which is shown nowhere."""

    name: str
    algorithm: str
    secret: bytes

    def __repr__(self) -> str:
        """Without the secret: what is shown may be logged."""
        return f"TsigKey(name={self.name!r}, algorithm={self.algorithm!r}, secret=…)"


class _Token(Frozen):
    """A word of the file without its quotes, and where it stands."""

    text: str
    start: int
    end: int


class _Found(Exception):
    """A fault that ends the reading."""

    def __init__(self, token: _Token, message: str, way_out: str = _WAY_OUT) -> None:
        super().__init__(message)
        self.fault = Fault(token.start, token.end, "key", message, way_out, _REFERENCE)


def read_key(text: str) -> TsigKey | Fault:
    """The key in a key file's text, or what is wrong with it; offsets are code points into the text.

    Whoever reports the fault gives its line and column, and does not show the line: the secret may stand there.
    """
    try:
        tokens = _tokens(text)
        if not tokens:
            raise _Found(_Token("", 0, 0), "no key stands there")
        first = tokens[0].text.lower()
        if first == "key" and len(tokens) > 1:
            return _statement(tokens)
        if first == "key:":
            return _listed(tokens)
        return _line(tokens)
    except _Found as found:
        return found.fault


def _tokens(text: str) -> list[_Token]:
    if len(text) > LONGEST:
        raise _Found(_Token("", LONGEST, LONGEST), f"the file is longer than {LONGEST} characters, so it is not a key")
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        blank = _BLANK.match(text, position)
        if blank:
            if blank.start(2) >= 0:
                unclosed = _Token("", *blank.span(1))
                raise _Found(unclosed, "the comment that opens here is not closed", "close it with `*/`")
            position = blank.end()
            continue
        token = _TOKEN.match(text, position)
        if token is None:
            raise _Found(_Token("", position, position + 1), "the quote that opens here is not closed in its line")
        tokens.append(_Token(token[0].strip('"'), token.start(), token.end()))
        position = token.end()
    return tokens


def _statement(tokens: list[_Token]) -> TsigKey:
    """`key "name" { algorithm hmac-sha256; secret "…"; };` (BIND)."""
    name, rest = tokens[1], tokens[2:]
    if not rest or rest[0].text != "{":
        raise _Found(rest[0] if rest else _after(name), "no `{` stands behind the name of the key")
    fields: dict[str, _Token] = {}
    position = 1
    while position < len(rest) and rest[position].text != "}":
        clause = rest[position : position + 3]
        word = clause[0].text.lower()
        if word not in ("algorithm", "secret"):
            raise _Found(clause[0], "neither `algorithm` nor `secret` stands here")
        if len(clause) < 2 or clause[1].text in ("{", "}", ";"):
            raise _Found(_after(clause[0]), f"nothing stands behind `{word}`")
        if len(clause) < 3 or clause[2].text != ";":
            raise _Found(_after(clause[1]), f"no `;` ends `{word}`")
        if word in fields:
            raise _Found(clause[0], f"`{word}` stands there twice")
        fields[word] = clause[1]
        position += 3
    if position >= len(rest):
        raise _Found(_after(rest[-1]), "no `}` ends the key")
    for extra in rest[position + 1 :]:
        if extra.text != ";":
            raise _Found(extra, "something stands behind the key; a key file holds one key")
    return _key(name, fields, _after(rest[position - 1]))


def _listed(tokens: list[_Token]) -> TsigKey:
    """`key:`, then `- id: name`, `algorithm: hmac-sha256` and `secret: …` (Knot's configuration)."""
    fields: dict[str, _Token] = {}
    words = [token for token in tokens[1:] if token.text != "-"]
    for word, value in zip(words[::2], [*words[1::2], None], strict=False):
        key = word.text.lower().removesuffix(":")
        if key not in ("id", "algorithm", "secret") or not word.text.endswith(":"):
            raise _Found(word, "neither `id:` nor `algorithm:` nor `secret:` stands here")
        if value is None:
            raise _Found(_after(word), f"nothing stands behind `{key}:`")
        if key in fields:
            raise _Found(word, f"`{key}:` stands there twice; a key file holds one key")
        fields[key] = value
    if "id" not in fields:
        raise _Found(_after(tokens[-1]), "the key has no `id:`")
    return _key(fields["id"], fields, _after(tokens[-1]))


def _line(tokens: list[_Token]) -> TsigKey:
    """`hmac-sha256:name:secret` (dig -y)."""
    written = tokens[0]
    parts = written.text.split(":")
    if len(parts) != 3:
        message = "this is not a key: neither `key`, nor an algorithm, a name and a secret parted by colons"
        raise _Found(written, message)
    if len(tokens) > 1:
        raise _Found(tokens[1], "something stands behind the key; a key file holds one key")
    # A quoted line begins one character later than its token.
    start = written.start + (written.end - written.start - len(written.text)) // 2
    found = []
    for part in parts:
        found.append(_Token(part, start, start + len(part)))
        start += len(part) + 1
    return _key(found[1], {"algorithm": found[0], "secret": found[2]}, found[2])


def _key(name: _Token, fields: dict[str, _Token], end: _Token) -> TsigKey:
    """The key, each part judged where it stands."""
    for word in ("algorithm", "secret"):
        if word not in fields:
            raise _Found(end, f"the key has no `{word}`")
    algorithm, secret = fields["algorithm"], fields["secret"]
    kind = algorithm.text.lower().removesuffix(".").removesuffix(".sig-alg.reg.int")
    if kind not in ALGORITHMS:
        meant = nearest(kind, ALGORITHMS)
        way_out = f"did you mean `{meant}`?" if meant else f"expected one of {one_of(ALGORITHMS)}"
        raise _Found(algorithm, "the algorithm is none that TSIG has", way_out)
    plain = name.text.lower().removesuffix(".")
    if len(plain) > _MOST_NAME or not _NAME.fullmatch(plain):
        message = "the name of the key is not a domain name of letters, digits, `-`, `_` and `.`"
        raise _Found(name, message, "write the name under which the server knows the key")
    try:
        octets = base64.b64decode(secret.text, validate=True)
    except (binascii.Error, ValueError):
        octets = b""
    if not octets:
        raise _Found(secret, "the secret is not base64", "copy it again as the server's key file has it")
    return TsigKey(f"{plain}.", kind, octets)


def _after(token: _Token) -> _Token:
    """The empty place behind a word."""
    return _Token("", token.end, token.end)
