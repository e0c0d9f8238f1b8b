"""Names in an SPF record that no receiver finds in public DNS, whatever is published."""

from collections.abc import Iterator

from linter.facts.facts import Facts
from linter.facts.hosts.reserved_names import NotPublic, is_documentation, not_public
from linter.records.spf.macro import Macro
from linter.records.spf.record import DomainSpec, Mechanism, Spf
from linter.records.spf.term import Term
from linter.records.text.fault import quoted
from linter.records.text.name import url_host
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .limits import ASKING
from .of_record import of_record

# What no zone in public DNS has in a name. Quotes, and what placeholders are written with, are left to the rules that
# speak of these.
_ODD = Pattern(r"[^a-z0-9_.\"*<>{}\[\]$ -]")
_GRAMMAR = "RFC 7208 section 4.3"


class AskedName(Frozen):
    """A name that a term asks DNS for and that is not public: `found` says why."""

    term: Term
    spec: DomainSpec
    found: NotPublic
    help: str

    @property
    def is_url(self) -> bool:
        """Whether the text is a web address."""
        return bool(url_host(self.spec.text))

    @property
    def effect(self) -> str:
        """What receivers make of it."""
        if "label" not in self.found.why and "too many" in self.found.why:
            return "receivers drop labels on its left (RFC 7208 section 7.3)"
        return "receivers answer permerror" if self.is_needed else f"`{self.term.name}` never matches"

    @property
    def is_needed(self) -> bool:
        """Whether receivers answer permerror for want of the name."""
        return self.term.name in ("include", "redirect")


def names_not_public(facts: Facts, spf: Spf) -> Iterator[AskedName]:
    """Those of the odd names of a record that are not in order in this zone."""
    return (each for each in odd_names(spf) if each.found.is_impossible or not facts.takes_inside_names)


@of_record
def odd_names(spf: Spf) -> tuple[AskedName, ...]:
    """The names that cannot be asked for in public DNS, of all terms that receivers evaluate.

    Documentation names are placeholders, and no such names.
    """
    stop = spf.all_term
    names = []
    for term in spf.terms:
        if term.name not in ASKING or (stop is not None and (term.start > stop.start or term.name == "redirect")):
            continue
        spec = term.domain if isinstance(term, Mechanism) else term.value
        if spec is None or term.name == "ptr":
            continue
        # An include of several names at once is known to have no record.
        odd = None if term.name in ("include", "redirect") else _odd(spec)
        found = odd or _why(spec)
        if found is not None:
            names.append(AskedName(term, spec, *found))
    return tuple(names)


def _written(spec: DomainSpec) -> str:
    """The name in lower case; whatever a macro stands for, what is written beside it is asked for as it is."""
    return "".join("x" if isinstance(part, Macro) else part for part in spec.parts).lower()


def _odd(spec: DomainSpec) -> tuple[NotPublic, str] | None:
    """A character that no name has, and the way out; web addresses are left aside."""
    # Beside macros anything may be written: whoever answers such questions knows what he has asked for.
    odd = None if spec.macros or url_host(spec.text) else _ODD.search(_written(spec))
    if odd is None:
        return None
    way_out = "write each name as a separate term" if odd[0] in ",;|" else "write a domain name and nothing else"
    return NotPublic(
        f"has {quoted(odd[0])}, which is not allowed in a domain name", _GRAMMAR, is_impossible=True
    ), way_out


def _why(spec: DomainSpec) -> tuple[NotPublic, str] | None:
    """Why a name is not there, and the way out."""
    host = url_host(spec.text)
    if host:
        why = NotPublic("is a URL where a domain name must be", _GRAMMAR, is_impossible=True)
        way_out = f"name the host alone: {quoted(host, 80)}" if "." in host else "write a domain name"
        return why, way_out
    name = f"{_written(spec).removesuffix('.')}."
    found = not_public(name)
    if found is None or is_documentation(name) or (spec.macros and _is_open(spec, name, found)):
        return None
    plain = ".".join(label for label in spec.text.split(".") if label)
    if "empty label" in found.why:
        return found, f"labels are separated by one dot; was {quoted(plain, 80)} meant?"
    way_out = "write the name as it is in DNS" if found.is_impossible else "write a name in public DNS"
    return found, f"{way_out}, or remove the term"


def _is_open(spec: DomainSpec, name: str, found: NotPublic) -> bool:
    """Whether macros may make a public name of it: they end it, or ask in the trees of addresses."""
    if found.is_impossible:
        return "label" not in found.why
    return isinstance(spec.parts[-1], Macro) or name.endswith((".in-addr.arpa.", ".ip6.arpa."))
