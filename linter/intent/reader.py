"""`systems:` and `mail:` of a document that fits their shape, as values; what contradicts itself is a fault."""

from collections.abc import Iterator

from linter.records.spf import term as spf_term
from linter.records.spf.record import Mechanism
from linter.records.text.fault import quoted
from linter.records.text.name import dotless, target_fault, to_ascii
from linter.source.frozen import Frozen
from linter.source.plain import key_text
from linter.source.scalar_type import type_of
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping, Node, Plain, Scalar, Sequence, located, unalias

from .contradictions import contradictions
from .model import (
    EVERY,
    NO_MAIL,
    Client,
    DeclaredPolicy,
    Intent,
    Mail,
    Selector,
    SenderTerm,
    Split,
    System,
    Word,
    intent_of,
)
from .shape import SERVICES

_SENDING = ("include", "a", "mx", "ip4", "ip6", "exists", "ptr", "redirect")


class _Entry(Frozen):
    """One key of a mapping and what it holds."""

    key: Word
    node: Plain
    via: Span | None


class Part(Frozen):
    """A declaration as one document has it: what it says, its faults, and which keys each entry names.

    `named` goes by "systems NAME" and "mail NAME", the name of mail being absolute.
    """

    intent: Intent
    faults: tuple[SourceFault, ...]
    named: dict[str, frozenset[str]]


def read_intent(
    systems: Node | None, mail: Node | None, kind: str, within: str = "."
) -> tuple[Intent, tuple[SourceFault, ...]]:
    """The declaration, and every fault in it, each of the given kind.

    Both nodes fit their schemas. `within` is the zone whose file this is: it can only speak of its own names.
    """
    part = read_part(systems, mail, kind, within)
    return part.intent, part.faults or tuple(contradictions(part.intent, kind))


def read_part(systems: Node | None, mail: Node | None, kind: str, within: str = ".") -> Part:
    """The same without a look at what contradicts itself: what is missing may stand in another document."""
    reader = _Reader(kind, within)
    held_systems: dict[str, System] = {}
    held_mail: dict[str, Mail] = {}
    named: dict[str, frozenset[str]] = {}
    for entry in _entries(systems):
        held_systems[entry.key.text] = reader.system(entry)
        named[f"systems {entry.key.text}"] = _keys(entry)
    for entry in _entries(mail):
        for word in reader.owners(entry.key):
            first = held_mail.get(word.text)
            if first is not None:
                reader.fault(word, f"{quoted(dotless(word.text))} has an entry already", "write one for each name")
            held_mail[word.text] = reader.mail(entry, word)
            named[f"mail {word.text}"] = _keys(entry)
    return Part(intent_of(held_systems, held_mail), tuple(reader.faults), named)


def _keys(entry: _Entry) -> frozenset[str]:
    """The keys that an entry has, also those that hold nothing."""
    plain = entry.node
    return frozenset(map(key_text, plain.keys)) if isinstance(plain, Mapping) else frozenset()


def _entries(node: Node | None, via: Span | None = None) -> Iterator[_Entry]:
    """The entries of a mapping; of a key that occurs twice the last one counts."""
    plain, via = unalias(node, via) if node is not None else (None, None)
    if not isinstance(plain, Mapping):
        return
    found: dict[str, _Entry] = {}
    for row, (key, value) in enumerate(zip(plain.keys, plain.values, strict=True)):
        use = via or (plain.vias[row] if plain.vias else None)
        name = key_text(key)
        found[name] = _Entry(Word(name, located(key, use)), *unalias(value, use))
    yield from found.values()


def _words(node: Plain, via: Span | None) -> Iterator[Word]:
    """A word, or each of a list of them."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        plain, use = unalias(item, via)
        if isinstance(plain, Scalar) and type_of(plain) != "null":
            yield Word(plain.text, located(plain, use))


class _Reader:
    def __init__(self, kind: str, within: str) -> None:
        self.kind = kind
        self.within = within
        self.faults: list[SourceFault] = []

    def fault(self, word: Word, message: str, way_out: str = "") -> None:
        self.faults.append(SourceFault(word.span, self.kind, message, way_out))

    def name(self, word: Word) -> Word:
        """A host or domain name, absolute and lower case."""
        plain, fault = to_ascii(word.text.lower().rstrip("."))
        fault = fault or target_fault(word.text, f"{plain}.")
        if fault:
            self.fault(word, fault.message, fault.help)
        return word._replace(text=f"{plain}.")

    def owners(self, word: Word) -> Iterator[Word]:
        """The absolute names or globs that a key of `mail:` is about: one, or several with commas between them."""
        parts = word.text.split(",")
        if len(parts) == 1:
            yield word._replace(text=self.owner(word))
            return
        place = 0
        for part in parts:
            name = part.strip()
            start = place + len(part) - len(part.lstrip())
            span = word.span
            if span.text == word.text:  # a plain scalar, whose characters stand where they are written
                span = span._replace(start=span.start + start, end=span.start + start + len(name))
            place += len(part) + 1
            held = Word(name, span)
            yield held._replace(text=self.owner(held))

    def owner(self, word: Word) -> str:
        """The absolute name that an entry of `mail:` is about, or the glob."""
        if word.text == EVERY:
            return EVERY
        if word.text in ("", "@"):
            self.fault(
                word, f"{quoted(word.text) if word.text else 'an empty key'} is not a valid name here", self._whole()
            )
            return word.text
        known = len(self.faults)
        name = self.name(word).text
        if len(self.faults) > known:
            return name
        if self.within != "." and name != self.within and not name.endswith(f".{self.within}"):
            zone = dotless(self.within)
            self.fault(word, f"{quoted(word.text)} is not a name of the zone {quoted(zone)}", self._whole(word.text))
        return name

    def _whole(self, label: str = "") -> str:
        zone = dotless(self.within)
        meant = f"{label}.{zone}" if label and "." not in label else zone
        return f"write the whole name, such as `{meant}`" if zone else "write the whole name"

    def system(self, entry: _Entry) -> System:
        if entry.key.text == NO_MAIL:
            self.fault(entry.key, "`none` means no mail at all and cannot be the name of a system")
        held = {inner.key.text: inner for inner in _entries(entry.node, entry.via)}
        parameters = [(inner.key.text, word) for inner in _inner(held, "parameters") for word in _words(*inner[1:])]
        tenant = _first(held, "tenant")
        if tenant is not None:
            parameters.append(("tenant", tenant))
        hosts = [word for key in ("receives", "mx") for word in _listed(held, key)]
        return System(
            entry.key,
            _first(held, "provider"),
            tuple(map(self.name, hosts)),
            tuple(term for word in _listed(held, "spf") for term in self._terms(word)),
            tuple(self._selectors(held.get("dkim"))),
            tuple(self._client(inner) for inner in _inner(held, "clients")),
            self._domain(held, "envelope"),
            self._domain(held, "signs"),
            _first(held, "verification"),
            tuple(parameters),
            self._values(held),
        )

    def _values(self, held: dict[str, _Entry]) -> dict[str, dict[str, Word]]:
        """What only the vendor shows, by domain and by what it is."""
        return {
            self.name(domain.key).text: {
                each.key.text: word
                for each in _entries(domain.node, domain.via)
                for word in _words(each.node, each.via)
            }
            for domain in _inner(held, "values")
        }

    def _domain(self, held: dict[str, _Entry], key: str) -> Word | None:
        word = _first(held, key)
        return self.name(word) if word is not None else None

    def _terms(self, word: Word) -> Iterator[SenderTerm]:
        """The terms of `spf:`; several may stand in one text, as in a record."""
        for token in word.text.split():
            term = spf_term.term(token, 0)
            if term is None:
                near = "; expected such as `include:_spf.example.com` or `ip4:192.0.2.25`"
                self.fault(word, f"{quoted(token)} is not an SPF term{near}")
            elif term.name not in _SENDING or (isinstance(term, Mechanism) and term.qualifier != "+"):
                self.fault(word, f"{quoted(token)} authorises no system", "name what the system sends from")
            else:
                yield SenderTerm(term.text, term, word.span)

    def _selectors(self, entry: _Entry | None) -> Iterator[Selector]:
        if entry is None:
            return
        if not isinstance(entry.node, Mapping):
            for word in _words(entry.node, entry.via):
                yield Selector(self._selector(word), None, word.span)
            return
        for inner in _entries(entry.node, entry.via):
            for word in _words(inner.node, inner.via):
                yield Selector(self._selector(inner.key), self.name(word), inner.key.span)

    def _selector(self, word: Word) -> str:
        name = word.text.lower().rstrip(".")
        if "_domainkey" in name.split("."):
            self.fault(word, f"{quoted(word.text)} is more than a selector", "leave `._domainkey` and the domain away")
        elif any(character in name for character in " =;/@:*") or not all(name.split(".")):
            self.fault(word, f"{quoted(word.text)} is not a selector")
        return name

    def _client(self, entry: _Entry) -> Client:
        word = next(_words(entry.node, entry.via))
        host, colon, port = word.text.partition(":")
        number = int(port) if colon else 0
        if number > 65535:
            self.fault(word, f"{quoted(port)} is out of range; expected 1 to 65535")
        name = self.name(word._replace(text=host)).text
        return Client(entry.key.text, name, number or SERVICES[entry.key.text], word.span)

    def mail(self, entry: _Entry, owner: Word) -> Mail:
        if not isinstance(entry.node, Mapping):
            return Mail(owner, is_none=True)
        held = {inner.key.text: inner for inner in _entries(entry.node, entry.via)}
        sends = tuple(_listed(held, "sends")) if "sends" in held else None
        mail = Mail(
            owner,
            receives=_first(held, "receives"),
            behind=_first(held, "behind"),
            sends=sends,
            splits=self._splits(held),
            envelope=self._domain(held, "envelope"),
            clients=tuple(self._client(inner) for inner in _inner(held, "clients")),
            dmarc=_policy(held),
            mta_sts=_first(held, "mta-sts"),
        )
        for word in mail.words:
            if word.text == NO_MAIL:
                self.fault(
                    word,
                    "`none` is not a system, and nothing else is allowed with it",
                    "write `none` instead of the whole entry; remove `receives` where a name only sends",
                )
        return mail

    def _splits(self, held: dict[str, _Entry]) -> tuple[Split, ...]:
        found = []
        node = held["split"].node if "split" in held else None
        for item in node.items if isinstance(node, Sequence) else ():
            inner = {each.key.text: each for each in _entries(item, held["split"].via)}
            to = _first(inner, "to")
            if to is not None:
                found.append(Split(to, self._domain(inner, "through")))
        return tuple(found)


def _policy(held: dict[str, _Entry]) -> DeclaredPolicy | None:
    """The DMARC policy that an entry asks for."""
    if "dmarc" not in held:
        return None
    tags = {inner.key.text: inner for inner in _inner(held, "dmarc")}
    return DeclaredPolicy(_first(tags, "p"), _first(tags, "sp"), tuple(_listed(tags, "rua")))


def _inner(held: dict[str, _Entry], key: str) -> Iterator[_Entry]:
    if key in held:
        yield from _entries(held[key].node, held[key].via)


def _listed(held: dict[str, _Entry], key: str) -> Iterator[Word]:
    if key in held:
        yield from _words(held[key].node, held[key].via)


def _first(held: dict[str, _Entry], key: str) -> Word | None:
    return next(_listed(held, key), None)
