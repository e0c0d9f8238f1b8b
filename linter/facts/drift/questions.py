"""What to ask the servers of a zone in order to compare it, and what to ask then because of what they said."""

from linter.facts.facts import Facts
from linter.intent.model import is_glob, matches
from linter.lookup.asking import can_be_asked
from linter.lookup.served import ALIAS, FOUND, Pair, Served
from linter.records.text.name import dotless

from .expected import Expected, expectations
from .names import levels, mail_sets, probes
from .sets import IN_PLACE_OF_ALIAS

_BRANCHES = ("_domainkey", "_tcp")
_FEWEST_TOGETHER = 3
"""Questions below one name for which it pays to ask first whether there is such a name."""
_MOST_LEVELS = 8
"""Names above one at which a wildcard is looked for."""


def is_named(names: tuple[str, ...], name: str) -> bool:
    """Whether a name is one of those that are compared: any, or those that globs mean (without final dots)."""
    bare = dotless(name)
    return not names or any(bare == glob or (is_glob(glob) and matches(glob, bare)) for glob in names)


def wanted_sets(facts: Facts, probe: str, every: bool, names: tuple[str, ...] = ()) -> list[tuple[Pair, Expected]]:
    """The declared sets that are compared, those that mail depends on or all, each with the question for it."""
    wanted = None if every else mail_sets(facts)
    return [
        (pair, expected)
        for pair, expected in expectations(facts).sets(probe)
        if (wanted is None or (expected.owner, expected.kind) in wanted)
        and (not names or is_named(names, expected.owner) or is_named(names, pair[0]))
    ]


def first_questions(facts: Facts, probe: str, every: bool, names: tuple[str, ...] = ()) -> list[Pair]:
    """The declared sets, the probes for what is not declared, and a label that nobody has, each question once.

    `names` are globs of those that are compared; without any, all are.
    """
    expected_sets = expectations(facts)
    asked: dict[Pair, None] = {}
    for pair, expected in wanted_sets(facts, probe, every, names):
        asked[pair] = None
        if expected.kind == "ALIAS":
            asked[pair[0], "AAAA"] = None
    for pair in (
        *(pair for pair in probes(facts) if not names or is_named(names, pair[0])),
        (f"{probe}.{facts.zone.name}", "MX"),
        (f"{probe}.{facts.zone.name}", "TXT"),
    ):
        if pair not in asked and expected_sets.is_left(pair) and can_be_asked(pair[0]):
            asked[pair] = None
    return list(asked)


def next_questions(facts: Facts, served: Served) -> list[Pair]:
    """What explains the first answers: whether a missing CNAME was replaced, whether a wildcard answers a probe."""
    expected_sets = expectations(facts)
    asked: dict[Pair, None] = {}
    for name, kind in served.pairs:
        said = served.first((name, kind))
        if said.is_empty:
            expected = expected_sets.at((name, kind)) if kind == "CNAME" else None
            if expected is not None and expected.kind == "CNAME":
                asked.update(dict.fromkeys((name, other) for other in IN_PLACE_OF_ALIAS))
        elif (
            said.status in (FOUND, ALIAS)
            and expected_sets.at((name, kind)) is None
            and not name.startswith(f"{served.probe}.")
        ):
            for above in list(levels(facts.index, name))[:_MOST_LEVELS]:
                asked[f"{served.probe}.{above}", kind] = None
    known = served.pairs
    return [pair for pair in asked if pair not in known and can_be_asked(pair[0])]


def settled_together(facts: Facts, asked: list[Pair]) -> tuple[list[Pair], dict[Pair, list[Pair]]]:
    """Those questions that are asked by themselves, and others by the one to ask before them.

    Where the name of that one does not exist, nothing is below it (RFC 8020 section 2): `_domainkey.NAME` settles all
    selectors, `_tcp.NAME` all services. Nothing that is declared is among them.
    """
    below: dict[Pair, list[Pair]] = {}
    expected = expectations(facts)
    for pair in asked:
        above = _branch(pair[0])
        if above and not facts.index.exists(above) and expected.at(pair) is None:
            below.setdefault((above, pair[1]), []).append(pair)
    together = {first: pairs for first, pairs in below.items() if len(pairs) >= _FEWEST_TOGETHER}
    settled = {pair for pairs in together.values() for pair in pairs}
    return [pair for pair in asked if pair not in settled], together


def _branch(name: str) -> str:
    """The name that a mail domain has its selectors or services below, "" for names that are not below such a one."""
    for label in _BRANCHES:
        _, found, domain = name.partition(f".{label}.")
        if found:
            return f"{label}.{domain}"
    return ""
