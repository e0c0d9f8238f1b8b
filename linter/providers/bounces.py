"""What bounces mean in terms of DNS: the codes and texts of policies/bounces.yaml, for what people paste."""

import os
from collections.abc import Mapping

from linter import RELEASED
from linter.source.frozen import Frozen
from linter.source.typed import Any

from .bounce_text import Code, Pasted
from .evidence import Evidence
from .files import document_at, policies_folder

SUBJECTS = ("anything", "an address", "a mailbox", "the mail system", "the network or the routing", "the protocol",
            "the content", "security or a policy")  # fmt: skip
"""What the second number of a code is about (RFC 3463 section 2)."""


class Cause(Frozen):
    """What several codes may come from, in words, and the rules that look for it."""

    what: str
    rules: tuple[str, ...]


class Bounce(Frozen):
    """One meaning of some codes, or of a text: `who` gives it, `dns` is where to look, `rules` find causes of its own.

    `codes` are pairs of the first and the last code of a range, mostly the same; none where the text alone says it.
    `about` are topics: where the text is about others, this is not what it means. What is `vague` says nothing beside
    a text that does. `causes` are shared with others.
    """

    codes: tuple[tuple[Code, Code], ...]
    about: frozenset[str]
    vague: bool
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

    def fits(self, topics: frozenset[str]) -> bool:
        """Whether the text, by what it is about, leaves room for this meaning."""
        return not topics or not (self.vague or (self.about and self.about.isdisjoint(topics)))

    @property
    def is_old(self) -> bool:
        """Whether it was read so long before this version that it counts as unconfirmed."""
        return self.evidence.is_old_on(RELEASED)


class Bounces(Frozen):
    """All meanings that are known, by text before by code and everybody's before one vendor's; the topics' phrases."""

    meanings: tuple[Bounce, ...]
    topics: Mapping[str, tuple[str, ...]]

    def of(self, pasted: Pasted) -> tuple[Bounce, ...]:
        """What a bounce means by its text, where the code does not say the same, and by its code."""
        by_code = [each for each in self.meanings if pasted.code is not None and each.means(pasted.code)]
        fitting = [each for each in by_code if each.fits(pasted.topics)]
        told = {topic for each in fitting if len(each.about) == 1 for topic in each.about}
        by_text = [each for each in self.meanings if not each.codes and each.about & (pasted.topics - told)]
        return (*by_text, *fitting)


def bounces() -> Bounces:
    """All that policies/bounces.yaml says."""
    document = document_at(os.path.join(policies_folder(), "bounces.yaml"))
    causes = {name: Cause(held["what"], tuple(held["rules"])) for name, held in document["causes"].items()}
    found = [_bounce(each, causes) for each in document["bounces"]]
    topics = {name: tuple(phrases) for name, phrases in document["topics"].items()}
    return Bounces(tuple(sorted(found, key=_order)), topics)


def _order(bounce: Bounce) -> int:
    return 0 if not bounce.codes else 1 if bounce.who == "everywhere" else 2


def source_text(source: str) -> str:
    """A source's short name in full, as policies/sources.yaml has it."""
    names = document_at(os.path.join(policies_folder(), "sources.yaml"))
    name, _, what = source.partition(":")
    told = str(names.get(name, name))
    return f'"{what}", {told}' if what else told


def _bounce(held: dict[str, Any], causes: dict[str, Cause]) -> Bounce:
    return Bounce(
        codes=tuple(_range(text) for text in held.get("codes", ())),
        about=frozenset(held.get("about", ())),
        vague=held.get("vague", False),
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
