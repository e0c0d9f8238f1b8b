"""What bounces mean in terms of DNS: the codes of policies/bounces.yaml, found in what people paste."""

import os
import re
from collections.abc import Iterable
from typing import Any

from linter.source.frozen import Frozen

from .files import document_at, policies_folder
from .model import Evidence

_CODE = re.compile(r"(?<![0-9.])([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9]|\.[0-9])")
_BASIC = re.compile(r"(?<![0-9.])[245][0-9]{2}(?![0-9.])")


class Code(Frozen):
    """An enhanced status code (RFC 3463 section 2): class, subject and detail."""

    kind: int
    subject: int
    detail: int

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.kind}.{self.subject}.{self.detail}"


class Cause(Frozen):
    """What several codes may come from, in words, and the rules that look for it."""

    what: str
    rules: tuple[str, ...]


class Bounce(Frozen):
    """One meaning of some codes: `who` gives it, `dns` is where to look, `rules` find causes of its own.

    `codes` are pairs of the first and the last code of a range, mostly the same. `causes` are shared with others.
    """

    codes: tuple[tuple[Code, Code], ...]
    who: str
    basic: tuple[int, ...]
    meaning: str
    dns: str
    causes: tuple[Cause, ...]
    rules: tuple[str, ...]
    evidence: Evidence

    def means(self, code: Code) -> bool:
        """Whether this is said of a code."""
        return any(first <= code <= last for first, last in self.codes)


def code_in(words: Iterable[str]) -> Code | None:
    """The first enhanced status code in what somebody pasted: `550 5.7.23`, `550-5.7.26 This mail…`."""
    found = _CODE.search(" ".join(words))
    return Code(*map(int, found.groups())) if found else None


def basic_in(words: Iterable[str]) -> str:
    """The first reply code of SMTP in it (RFC 5321 section 4.2), "" where there is none."""
    found = _BASIC.search(" ".join(words))
    return found.group() if found else ""


def bounces() -> tuple[Bounce, ...]:
    """All meanings that are known, those of everybody first."""
    document = document_at(os.path.join(policies_folder(), "bounces.yaml"))
    causes = {name: Cause(held["what"], tuple(held["rules"])) for name, held in document["causes"].items()}
    found = [_bounce(each, causes) for each in document["bounces"]]
    return tuple(sorted(found, key=lambda bounce: bounce.who != "everywhere"))


def source_text(source: str) -> str:
    """A source's short name in full, as policies/sources.yaml has it."""
    names = document_at(os.path.join(policies_folder(), "sources.yaml"))
    name, _, what = source.partition(":")
    told = str(names.get(name, name))
    return f'"{what}", {told}' if what else told


def nearest_codes(code: Code, known: Iterable[Bounce], most: int = 3) -> list[Code]:
    """The known codes that are next to one that is not."""
    codes = {each for bounce in known for pair in bounce.codes for each in pair}
    return sorted(sorted(codes, key=lambda each: _distance(each, code))[:most])


def _distance(one: Code, other: Code) -> tuple[int, int, int]:
    return (abs(one.subject - other.subject), abs(one.detail - other.detail), abs(one.kind - other.kind))


def _bounce(held: dict[str, Any], causes: dict[str, Cause]) -> Bounce:
    return Bounce(
        codes=tuple(_range(text) for text in held["codes"]),
        who=held["who"],
        basic=tuple(held.get("basic", ())),
        meaning=held["meaning"],
        dns=held.get("dns", ""),
        causes=tuple(causes[name] for name in held.get("causes", ())),
        rules=tuple(held.get("rules", ())),
        evidence=Evidence(held["source"], held["seen"], held["confirmed"]),
    )


def _range(text: str) -> tuple[Code, Code]:
    first, _, last = text.partition("-")
    code = Code(*map(int, first.split(".")))
    return code, code._replace(detail=int(last)) if last else code
