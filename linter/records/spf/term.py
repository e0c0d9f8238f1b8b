"""One term of an SPF record, a mechanism or a modifier, read by the grammar of RFC 7208 section 12."""

import re

from linter.records.text.address import Network, network, prefix_length
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .macro import DomainSpec, domain_spec, macro_string

QUALIFIERS = "+-?~"
MECHANISMS = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")
MODIFIERS = ("redirect", "exp")
TWO_RECORDS = "these were probably two records: keep one version, at the start, and one `all`, at the end"

_ALONE = ("all", "a", "mx", "ptr")
_WITH_CIDR = ("a", "mx")

# Every beginning a mechanism can have, in lower case: looking it up is half the cost of matching it.
_HEADS = {qualifier + name: (qualifier or "+", name) for name in MECHANISMS for qualifier in ("", *QUALIFIERS)}
_BARE = {head: (*known, None, None, None, None) for head, known in _HEADS.items() if known[1] in _ALONE}
_TAKING_DOMAIN = {head: known for head, known in _HEADS.items() if known[1] not in ("all", "ip4", "ip6")}
_TAKING_NETWORK = {head: (known, int(known[1][2])) for head, known in _HEADS.items() if known[1] in ("ip4", "ip6")}
# The constructor that NamedTuple generates takes three times as long as this, and records have many terms.
_new = tuple.__new__
_NAME = Pattern(r"[A-Za-z][A-Za-z0-9_.-]*", re.ASCII)
_DUAL_CIDR = Pattern(r"(?:/([0-9]+))?(?://([0-9]+))?\Z", re.ASCII)


class Mechanism(Frozen):
    """A directive: `qualifier` ("+" where none is written) and `name` in lower case, with what it takes.

    `network` belongs to ip4 and ip6. `prefix4` and `prefix6` are the lengths written behind a and mx, None
    where none is written (then 32 and 128 hold, RFC 7208 sections 5.3 and 5.4).
    """

    qualifier: str
    name: str
    domain: DomainSpec | None
    network: Network | None
    prefix4: int | None
    prefix6: int | None
    start: int
    end: int

    def target(self, owner: str) -> str:
        """The absolute name that it is about, in the record of `owner`: that one where it names none."""
        return owner if self.domain is None else self.domain.absolute

    @property
    def text(self) -> str:
        """The directive in canonical form: lower case, no "+", no /32 of ip4 and no /128 of ip6."""
        pieces = [self.qualifier.replace("+", ""), self.name]
        if self.domain is not None:
            pieces.append(f":{self.domain.text}")
        if self.network is not None:
            pieces.append(f":{self.network.text}")
        if self.prefix4 is not None:
            pieces.append(f"/{self.prefix4}")
        if self.prefix6 is not None:
            pieces.append(f"//{self.prefix6}")
        return "".join(pieces)


class Modifier(Frozen):
    """A modifier: `name` in lower case, `value` a domain-spec (redirect, exp) or macro-string (any other)."""

    name: str
    value: DomainSpec
    start: int
    end: int

    @property
    def text(self) -> str:
        """The modifier in canonical form."""
        return f"{self.name}={self.value.text}"


Term = Mechanism | Modifier


_known: dict[tuple[str, int], Term] = {}
_MOST_KNOWN = 8192
_LONGEST_KNOWN = 128


def terms(text: str, start: int) -> list[Term] | None:
    """The terms of `text` from offset `start` on, parted by spaces; None where a word is not a term.

    The same words stand at the same places of thousands of records: each is read once.
    """
    found: list[Term] = []
    for token in text[start:].split(" "):
        end = start + len(token)
        # What `term` asks first, repeated here for speed: half of all terms are like `a`, `mx` and `-all`.
        bare = _BARE.get(token)
        if bare is not None:
            found.append(_new(Mechanism, bare + (start, end)))  # noqa: RUF005 (a third faster)
        elif token:
            other = _known.get((token, start)) or _remembered(token, start, end)
            if other is None:
                return None
            found.append(other)
        start = end + 1
    return found


def _remembered(token: str, start: int, end: int) -> Term | None:
    found = _with_argument(token, start, end)
    if found is not None and end - start <= _LONGEST_KNOWN:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[token, start] = found
    return found


def term(token: str, start: int) -> Term | None:
    """The term that `token`, a word at offset `start` of its record, is; None where it is none."""
    bare = _BARE.get(token)
    if bare is not None:
        return _new(Mechanism, (*bare, start, start + len(token)))
    return _with_argument(token, start, start + len(token))


def _with_argument(token: str, start: int, end: int) -> Term | None:
    head, _, argument = token.partition(":")
    known = _TAKING_DOMAIN.get(head)
    if known is not None:
        if "/" in argument and known[1] in _WITH_CIDR:
            return _with_dual_cidr(token, len(head) + 1, start)
        domain = domain_spec(argument, start + len(head) + 1)
        return None if domain is None else _new(Mechanism, (*known, domain, None, None, None, start, end))
    numbered = _TAKING_NETWORK.get(head)
    if numbered is not None:
        (qualifier, name), version = numbered
        found = network(version, argument)
        return None if found is None else _new(Mechanism, (qualifier, name, None, found, None, None, start, end))
    return _rarer(token, start)


def _rarer(token: str, start: int) -> Term | None:
    head = re.split("[:/=]", token, maxsplit=1)[0]
    delimiter = token[len(head) : len(head) + 1]
    if delimiter == "=":
        return _modifier(token, len(head), start)
    if head.lower() in _HEADS:
        if delimiter == "/":
            return _with_dual_cidr(token, len(head), start)
        if head != head.lower():
            return term(head.lower() + token[len(head) :], start)
    return None


def _modifier(token: str, equals: int, start: int) -> Modifier | None:
    name, value_start = token[:equals], start + equals + 1
    if not _NAME.fullmatch(name):
        return None
    # Section 12: an unknown modifier is one whose name is not that of a known one.
    read = domain_spec if name.lower() in MODIFIERS else macro_string
    value = read(token[equals + 1 :], value_start)
    return None if value is None else _new(Modifier, (name.lower(), value, start, start + len(token)))


def _with_dual_cidr(token: str, head_end: int, start: int) -> Mechanism | None:
    """An `a` or `mx` with prefix lengths; `head_end` is behind the colon, or the name where none is."""
    cidr = _DUAL_CIDR.search(token)
    with_domain = token[head_end - 1] == ":"
    qualifier, name = _HEADS[token[: head_end - with_domain].lower()]
    if cidr is None or name not in _WITH_CIDR:
        return None
    middle = token[head_end : cidr.start()]
    domain = domain_spec(middle, start + head_end) if with_domain else None
    if domain is None and (with_domain or middle):
        return None
    prefix4 = prefix_length(4, cidr[1]) if cidr[1] else None
    prefix6 = prefix_length(6, cidr[2]) if cidr[2] else None
    if (cidr[1] and prefix4 is None) or (cidr[2] and prefix6 is None):
        return None
    return _new(Mechanism, (qualifier, name, domain, None, prefix4, prefix6, start, start + len(token)))
