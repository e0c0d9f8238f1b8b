"""An SPF record as a sequence of terms, each with its place (RFC 7208)."""

from linter.records.text.fault import Fault
from linter.source.frozen import Frozen

from .macro import DomainSpec, Macro
from .term import MODIFIERS, TWO_RECORDS, Mechanism, Modifier, Term, terms

__all__ = [
    "DomainSpec",
    "Macro",
    "Mechanism",
    "Modifier",
    "Spf",
    "Term",
    "is_spf",
    "near_miss",
    "parse",
    "to_text",
]

VERSION = "v=spf1"


class Spf(Frozen):
    """One SPF record: in order, the terms that could be read and the faults of all the rest.

    A term that only punctuation, a blank or a lookalike character spoils stands in `terms` as it was meant.
    """

    text: str
    terms: tuple[Term, ...]
    faults: tuple[Fault, ...]

    def written(self, term: Term) -> str:
        """A term as it is written."""
        return self.text[term.start : term.end]

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The mechanisms in the order in which receivers try them."""
        return tuple(found for found in self.terms if isinstance(found, Mechanism))

    @property
    def modifiers(self) -> tuple[Modifier, ...]:
        """The modifiers, known and unknown."""
        return tuple(found for found in self.terms if isinstance(found, Modifier))

    @property
    def redirect(self) -> Modifier | None:
        """The (first) redirect modifier."""
        return self._modifier("redirect")

    @property
    def exp(self) -> Modifier | None:
        """The (first) exp modifier."""
        return self._modifier("exp")

    def _modifier(self, name: str) -> Modifier | None:
        for term in self.terms:
            if term.name == name and isinstance(term, Modifier):
                return term
        return None

    @property
    def all_term(self) -> Mechanism | None:
        """The first `all`, behind which receivers read no mechanism (section 5.1)."""
        for term in self.terms:
            if term.name == "all" and isinstance(term, Mechanism):
                return term
        return None

    @property
    def is_valid(self) -> bool:
        """Whether receivers can evaluate the record; if not, they answer permerror (section 4.6).

        A repeated `v=spf1` is the one fault that they pass over: to them it is an unknown modifier.
        """
        repeated = {modifier.start for modifier in self.modifiers if is_repeated_version(modifier)}
        return all(fault.start in repeated for fault in self.faults)


def is_spf(text: str) -> bool:
    """Whether receivers select this text as an SPF record (section 4.5)."""
    return text[:6].lower() == VERSION and text[6:7] in ("", " ")


def parse(text: str) -> Spf:
    """Read a text that `is_spf` accepts; this never fails and takes linear time, whatever it reads."""
    found = terms(text, len(VERSION) + 1)
    if found is None:
        return _diagnosed(text)
    # One equals sign is that of the version; without another there is no modifier.
    return tuple.__new__(Spf, (text, tuple(found), modifier_faults(found) if text.count("=") > 1 else ()))


def _diagnosed(text: str) -> Spf:
    # Loaded here because most runs over well-formed records never need it.
    from .diagnosis import diagnose

    found, faults = diagnose(text)
    every = sorted((*faults, *modifier_faults(found)), key=lambda fault: fault.start)
    return Spf(text, tuple(found), tuple(every))


def is_repeated_version(modifier: Modifier) -> bool:
    """Whether a second `v=spf1` is in the record, by grammar an unknown modifier named `v`."""
    return modifier.name == "v" and modifier.value.text.lower().startswith("spf")


def modifier_faults(terms: list[Term]) -> tuple[Fault, ...]:
    """The modifiers that stand once too often (section 6), and each version inside the record."""
    faults = []
    seen: set[str] = set()
    for found in terms:
        if not isinstance(found, Modifier):
            continue
        if found.name in seen:
            message = f"`{found.name}=` occurs twice; a record may have it once, and receivers answer permerror"
            span = found.start, found.end
            faults.append(Fault(*span, "duplicate-modifier", message, "keep one of them", "RFC 7208 section 6"))
        elif found.name in MODIFIERS:
            seen.add(found.name)
        elif is_repeated_version(found):
            message = f"a second `{VERSION}` is inside the record; receivers skip it and read on"
            faults.append(Fault(found.start, found.end, "syntax", message, TWO_RECORDS, "RFC 7208 section 4.5"))
    return tuple(faults)


def to_text(spf: Spf) -> str:
    """The record in canonical form: single spaces, lower-case names, no superfluous "+"."""
    return " ".join((VERSION, *(found.text for found in spf.terms)))


def near_miss(text: str) -> Fault | None:
    """Why receivers do not select a text that was plainly meant as an SPF record; None for any other text."""
    # All but a few TXT values end here: a near miss has the letters "spf", or begins with most of `v=spf1`.
    lowered = text.lower()
    if is_spf(text) or not ("spf" in lowered or lowered.lstrip(" \t\"'").startswith(("v=s", "v=p", "v=f"))):
        return None
    from .near_miss import misspelt_version

    return misspelt_version(text)
