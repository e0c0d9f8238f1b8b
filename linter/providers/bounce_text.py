"""What somebody pasted of a bounce: its codes, and what its text says beside them."""

import re
from collections.abc import Iterable, Mapping

from linter.source.frozen import Frozen

_CODE = re.compile(r"(?<![0-9.])([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9]|\.[0-9])")
# A reply code is at a word's beginning, and its second digit is one that SMTP has: 587 is a port.
_BASIC = re.compile(r"(?<![\w.:-])([245][0-5][0-9])(?!\w|\.\w|:\S)")
_ONLY_CODES = re.compile(r"(?:[245][0-9]{2}-?)?(?:[245]\.[0-9]{1,3}\.[0-9]{1,3})?")
_PASSED = re.compile(r"[a-z-]+=(?:pass|none|neutral|bestguesspass|skipped)")
_BREAKS = re.compile(r"[\s/;,()\[\]<>\"`]+")
_MOST_READ = 20_000
"""How many characters of a bounce are read: the rest is headers of the message itself."""


class Code(Frozen):
    """An enhanced status code (RFC 3463 section 2): class, subject and detail."""

    kind: int
    subject: int
    detail: int

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.kind}.{self.subject}.{self.detail}"


class Pasted(Frozen):
    """What stands in a bounce: the codes, and the topics that its text is about.

    `basic` is the reply code (RFC 5321 section 4.2), "" where there is none; `topics` are from policies/bounces.yaml.
    """

    code: Code | None
    basic: str
    topics: frozenset[str]

    @property
    def kind(self) -> int:
        """2 for mail that was accepted, 4 for a temporary refusal, 5 for a final one, 0 where there is no code.

        Where the two codes differ, programs go by the reply code.
        """
        if self.basic:
            return int(self.basic[0])
        return self.code.kind if self.code is not None else 0


def read_bounce(words: Iterable[str], topics: Mapping[str, Iterable[str]]) -> Pasted:
    """What somebody pasted; `topics` has the phrases by which each is known, in lower case and one blank apart."""
    text = " ".join(words)[:_MOST_READ]
    said = f" {plain(text)} "
    told = {topic for topic, phrases in topics.items() if any(f" {phrase} " in said for phrase in phrases)}
    return Pasted(code_in([text]), basic_in([text]), frozenset(told))


def code_in(words: Iterable[str]) -> Code | None:
    """The first enhanced status code that refuses, in `550 5.7.23` or `550-5.7.26 This…`; else the first at all."""
    found = [Code(*map(int, each.groups())) for each in _CODE.finditer(" ".join(words))]
    return next((each for each in found if each.kind != 2), found[0] if found else None)


def basic_in(words: Iterable[str]) -> str:
    """The first reply code of SMTP that refuses; else the first at all, "" where there is none."""
    found = [each.group(1) for each in _BASIC.finditer(" ".join(words))]
    return next((each for each in found if each[0] != "2"), found[0] if found else "")


def plain(text: str) -> str:
    """The words of a text in lower case, one blank apart, without codes, punctuation, and checks that passed."""
    spaced = " ".join(_BREAKS.split(text.lower())).replace(" =", "=").replace("= ", "=")
    words = (word.strip(".:!?'*=") for word in spaced.split())
    said = (word for word in words if not _PASSED.fullmatch(word) and not _ONLY_CODES.fullmatch(word))
    return " ".join(said).replace("=", " ")
