"""The terms of one SPF record in the order of evaluation: which of them ask DNS, and about which names."""

from collections.abc import Iterator

from linter.records.spf.record import DomainSpec, Mechanism, Modifier, Spf, Term
from linter.records.text.name import MAX_NAME

from .cost import ASKS, DEAD, FREE, IGNORED, OFF, VARIES, VERSIONS, TermState, TreeTerm
from .expand import target_name
from .limits import ASKING

_KNOWN_MACROS = frozenset("dv")
"""Macro letters that mean the same in every message, but for the two words of `v`."""


def terms_in_order(name: str, spf: Spf) -> Iterator[TreeTerm]:
    """The terms with their states and targets, nothing asked yet; redirect comes last (RFC 7208 section 6.1)."""
    stop, redirect = spf.all_term, spf.redirect
    for term in spf.terms:
        if isinstance(term, Mechanism):
            is_dead = stop is not None and term.start > stop.start
            state: TermState = DEAD if is_dead else ASKS if term.name in ASKING else FREE
            yield _read(name, spf, term, state)._replace(matches=_matched_versions(term))
        elif term is not redirect:  # a second redirect is a fault, and one too many
            yield _read(name, spf, term, FREE if term.name == "exp" else IGNORED)
    if redirect is not None:
        yield _read(name, spf, redirect, ASKS if stop is None else OFF)


def _read(name: str, spf: Spf, term: Term, state: TermState) -> TreeTerm:
    text = spf.written(term)
    if state != ASKS or term.name == "ptr":
        return TreeTerm(term, text, state)
    spec = term.value if isinstance(term, Modifier) else term.domain
    targets = _targets(name, spec)
    is_open = not targets and term.name in ("include", "redirect")
    if is_open and spec is not None and _is_sender(spec, name):
        return TreeTerm(term, text, ASKS, targets=(name,))
    return TreeTerm(term, text, VARIES if is_open else ASKS, targets=targets)


def _targets(name: str, spec: DomainSpec | None) -> tuple[str, ...]:
    """The names that a term can mean; none where it depends on the message."""
    if spec is None:
        return (name,)
    if "%" not in spec.text and len(spec.text) <= MAX_NAME:  # as nearly all are
        return (f"{spec.text.lower().removesuffix('.')}.",)
    letters = {macro.letter for macro in spec.macros}
    if not letters <= _KNOWN_MACROS:
        return ()
    domain = name.removesuffix(".")
    families = ("in-addr", "ip6") if "v" in letters else ("",)
    names = (target_name(spec, {"d": domain, "v": family}.__getitem__) for family in families)
    return tuple(dict.fromkeys(names))


def _is_sender(spec: DomainSpec, name: str) -> bool:
    """Whether a name is that of the sender's domain, as `%{o}` is, whose evaluation has led here in any message."""
    domain = name.removesuffix(".")
    letters = {macro.letter for macro in spec.macros}
    return letters <= {"d", "o"} and target_name(spec, lambda _: domain) == name


def is_everywhere(spf: Spf) -> bool:
    """Whether a record leads to the same names wherever it stands: each term that asks names one, without macros."""
    specs = (term.value if isinstance(term, Modifier) else term.domain for term in spf.terms if term.name in ASKING)
    return "%" not in spf.text and all(spec is not None for spec in specs)


def leads(term: TreeTerm) -> bool:
    """Whether a term that asks DNS asks for another record."""
    return term.state == ASKS and (isinstance(term.term, Modifier) or term.term.name == "include")


def _matched_versions(mechanism: Mechanism) -> tuple[int, ...]:
    """The IP versions of clients that a term may match that asks nothing; `all` is for those whom nothing matched."""
    if mechanism.network is not None:
        return (mechanism.network.version,)
    return VERSIONS if mechanism.name == "all" and mechanism.qualifier == "+" else ()
