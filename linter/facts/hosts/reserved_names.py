"""Names that public DNS never has: the one table of them, and why a name that somebody wrote is such a name."""

from linter.records.text.name import impossibility
from linter.source.frozen import Frozen


class Reserved(Frozen):
    """What a name and all below it are kept for, in words that follow "ends in `.local`,"; and who says so.

    `is_example` is true of the names of RFC 2606 and RFC 6761, which stand for public ones in examples and tests,
    `is_inside` of those that networks use for themselves. `is_served` is true where public DNS has the name itself.
    """

    purpose: str
    reference: str
    is_example: bool = False
    is_inside: bool = False
    is_served: bool = False


class NotPublic(Frozen):
    """Why public DNS does not have a name: `why` follows the name in a sentence.

    `is_impossible` is true where no DNS at all can have it.
    """

    why: str
    reference: str
    is_impossible: bool = False


_EXAMPLES = Reserved("which is reserved for examples", "RFC 2606 section 3", is_example=True, is_served=True)
_UNDELEGATED = Reserved("which is used inside networks and is not in public DNS", "RFC 6762 appendix G", is_inside=True)

# The registry of special-use names (RFC 6761) and what it has gained since; below, top levels that networks took for
# themselves and that for this reason are not given to anybody.
_NAMES = {
    "example": Reserved("which is reserved for examples", "RFC 6761 section 6.5", is_example=True),
    "example.com": _EXAMPLES,
    "example.net": _EXAMPLES,
    "example.org": _EXAMPLES,
    "invalid": Reserved("which never exists", "RFC 6761 section 6.4", is_example=True),
    "localhost": Reserved("which on every machine means itself", "RFC 6761 section 6.3", is_example=True),
    "test": Reserved("which is reserved for tests", "RFC 6761 section 6.2", is_example=True),
    "alt": Reserved("which is reserved for names outside DNS", "RFC 9476 section 3"),
    "arpa": Reserved("which has no hosts", "RFC 3172 section 2", is_inside=True),
    "home.arpa": Reserved("which is reserved for home networks", "RFC 8375 section 4", is_inside=True),
    "internal": Reserved("which is reserved for use inside networks", "ICANN resolution 2024.07.29.06", is_inside=True),
    "local": Reserved("which is reserved for multicast DNS", "RFC 6762 section 3", is_inside=True),
    "onion": Reserved("which only Tor resolves", "RFC 7686 section 2"),
    "corp": _UNDELEGATED,
    "home": _UNDELEGATED,
    "intranet": _UNDELEGATED,
    "lan": _UNDELEGATED,
    "localdomain": _UNDELEGATED,
    "private": _UNDELEGATED,
}


def reserved(name: str) -> tuple[str, Reserved] | None:
    """The reserved name that an absolute one is or lies below, without its final dot, and what it is kept for."""
    last = name.removesuffix(".").rsplit(".", 2)[-2:]
    for suffix in (".".join(last), last[-1]):
        if suffix in _NAMES:
            return suffix, _NAMES[suffix]
    return None


def is_example(name: str) -> bool:
    """Whether an absolute name is one of those for examples and tests (RFC 2606, RFC 6761): no mail comes from it."""
    found = reserved(name)
    return found is not None and found[1].is_example


def is_documentation(name: str) -> bool:
    """Whether an absolute name is one that documents are written with (RFC 2606 section 3), not one for tests."""
    found = reserved(name)
    return found is not None and found[0].partition(".")[0] == "example"


def is_inside(name: str) -> bool:
    """Whether an absolute name lies under a top level of zones that nobody outside sees anyway."""
    found = reserved(name)
    return found is not None and found[1].is_inside


def not_public(name: str) -> NotPublic | None:
    """Why public DNS does not have an absolute lower-case name of a host or a domain; None where it may."""
    why = impossibility(name)
    if why:
        return NotPublic(why, "RFC 1035 section 2.3.4", is_impossible=True)
    bare = name.removesuffix(".")
    if not bare:
        return None
    if bare.rpartition(".")[2].isdigit():
        return NotPublic("ends in a number, which is not a top-level domain", "RFC 3696 section 2", is_impossible=True)
    found = reserved(name)
    if found is not None and not found[1].is_served:
        suffix, kept = found
        return NotPublic(
            f"ends in `.{suffix}`, {kept.purpose}" if suffix != bare else f"is a name {kept.purpose}", kept.reference
        )
    return NotPublic("is a single label", "RFC 5321 section 2.3.5") if "." not in bare else None
