"""`providers:` of a configuration: files that declare providers of one's own, beside the built-in ones."""

import os
from collections.abc import Iterator

from linter import RELEASED
from linter.providers.catalogue import Catalogue, built_in, patterns
from linter.providers.document import provider_of
from linter.providers.model import Fact, Provider, Recognised
from linter.providers.pattern import pattern_of
from linter.providers.schema import provider_schema
from linter.records.text.fault import quoted
from linter.source.file import Unreadable, read_source
from linter.source.frozen import Frozen
from linter.source.plain import PlainValue, node_at, plain_value
from linter.source.repository import lies_in, repository_root
from linter.source.schema import explain
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping, Node, located, unalias
from linter.source.yaml_reader import read_yaml

from .settings import BadConfiguration

KEY = "providers"
_MOST = 200
_MOST_WILD = 4
_FIELDS = (
    ("mx", "mx", "host"),
    ("spf", "spf", "term"),
    ("dkim", "dkim", "target"),
    ("autodiscover", "clients", "target"),
)
"""(kind of name, key of the document, field) of all that a provider is recognised by."""
_RETIRED = {"include": "spf", "mx": "mx", "dkim-target": "dkim"}


class OwnProviders(Frozen):
    """The providers, and the paths of their files."""

    providers: tuple[Provider, ...]
    files: tuple[str, ...]


class _Read(Frozen):
    """A provider with the document that declares it."""

    provider: Provider
    root: Node

    def place(self, *keys: str | int) -> Span:
        """The place of what lies below some keys; of the key before where there is no such thing."""
        return located(*node_at(self.root, keys))


def read_own_providers(root: Mapping, document: dict[str, PlainValue], folder: str) -> OwnProviders:
    """The providers of all files that are named. Raises BadConfiguration with every fault in any of them."""
    named = document.get(KEY)
    listed = [str(each) for each in named] if isinstance(named, list) else []
    read: list[_Read] = []
    faults: list[SourceFault] = []
    files = []
    for number, name in enumerate(listed):
        place, path = located(*node_at(root, (KEY, number))), os.path.join(folder, name)
        if number >= _MOST:
            faults.append(SourceFault(place, "config", f"more than {_MOST} files of providers"))
            break
        if not lies_in(path, repository_root(folder)):
            faults.append(
                SourceFault(place, "config", f"{quoted(name, 80)} lies outside the repository and is not read")
            )
            continue
        try:
            found, wrong = _read(path)
        except Unreadable as error:
            found, wrong = None, (SourceFault(place, "config", f"cannot read {quoted(name, 80)}: {error.reason}"),)
        faults += wrong
        files.append(path)
        if found is not None:
            read.append(found)
    faults += (fault for each in read for fault in _clashes(each, built_in()))
    faults += _doubled(read)
    if faults:
        raise BadConfiguration(tuple(faults))
    return OwnProviders(tuple(each.provider for each in read), tuple(files))


def _read(path: str) -> tuple[_Read | None, tuple[SourceFault, ...]]:
    """The provider of a file, or what is wrong with it. Raises Unreadable."""
    source, fault = read_source(path)
    if fault is not None:
        return None, (fault,)
    tree = read_yaml(source)
    if tree.faults:
        return None, tree.faults
    if tree.root is None:
        return None, (SourceFault(Span(source, 0, 0), "config", "the file is empty; expected a provider"),)
    root, _ = unalias(tree.root)
    faults = tuple(
        SourceFault(each.span, "config", each.message, each.help) for each in explain(root, provider_schema())
    )
    document = plain_value(root)
    if faults or not isinstance(document, dict):
        return None, faults
    read = _Read(provider_of(document, RELEASED), root)
    wild = tuple(_too_wild(read))
    return (None if wild else read), wild


def _patterns(read: _Read) -> Iterator[tuple[str, str, Fact, Span]]:
    """(kind, pattern, fact, place) of all that a provider is recognised by."""
    document = plain_value(read.root)
    for kind, key, field in _FIELDS:
        listed = document.get(key) if isinstance(document, dict) else None
        facts = getattr(read.provider, key)
        by_fact = {id(fact): number for number, fact in enumerate(facts)} if isinstance(listed, list) else {}
        for text, fact in patterns(kind, read.provider):
            yield kind, text, fact, read.place(key, by_fact[id(fact)], field)


def _too_wild(read: _Read) -> Iterator[SourceFault]:
    """Patterns with so many wildcards that trying one would take long."""
    for _, text, _, place in _patterns(read):
        wild = [label.count("*") + label.count("{") for label in text.removeprefix("**.").split(".")]
        if max(wild) > 2 or sum(wild) > _MOST_WILD:
            message = f"{quoted(text, 80)} has too many wildcards; two in a label and {_MOST_WILD} in all are allowed"
            yield SourceFault(place, "config", message, "write one pattern for each kind of name")


def _clashes(read: _Read, known: Catalogue) -> Iterator[SourceFault]:
    """What would say otherwise than the built-in providers do: their names, and what they have confirmed."""
    for number, name in enumerate((read.provider.key, *read.provider.aliases)):
        taken = known.called(name)
        if taken is not None:
            place = read.place("provider") if number == 0 else read.place("aliases", number - 1)
            yield SourceFault(
                place, "config", f"{quoted(name)} is the built-in provider {taken.name}", "choose another name"
            )
    recognise = {
        "mx": known.of_mx,
        "spf": known.of_spf,
        "dkim": known.of_dkim_target,
        "autodiscover": known.of_autodiscover,
    }
    for kind, text, fact, place in _patterns(read):
        for sample in (_sample(text), *getattr(fact, "examples", ())):
            found = recognise[kind](sample)
            if found is not None and found.confirmed:
                yield _clash(place, text, found)
                break
        else:
            yield from _covered(kind, text, place, known)
    for number, retired in enumerate(read.provider.retired):
        found = recognise[_RETIRED[retired.kind]](retired.name) if retired.kind in _RETIRED else None
        if found is not None and found.confirmed:
            yield _clash(read.place("retired", number, "name"), retired.name, found)


def _covered(kind: str, text: str, place: Span, known: Catalogue) -> Iterator[SourceFault]:
    """A confirmed name of a built-in provider that a pattern would mean as well; one is enough."""
    pattern = pattern_of(text)
    for provider in known.providers.values() if not pattern.exact else ():
        for other, fact in patterns(kind, provider):
            if fact.evidence.confirmed and pattern.matches(_sample(other)):
                message = (
                    f"{quoted(text, 80)} means {quoted(other, 80)} as well, which is known to be {provider.name}'s"
                )
                yield SourceFault(place, "config", message, "write a narrower pattern")
                return


def _clash(place: Span, text: str, found: Recognised) -> SourceFault:
    message = f"{quoted(text, 80)} is known to be {found.provider.name}'s, and that is confirmed"
    return SourceFault(place, "config", message, f"use `provider: {found.provider.key}`, or leave this name out")


def _sample(text: str) -> str:
    """A name that a pattern means."""
    name = text.replace("**.", "x.").replace("*", "x")
    while "{" in name and "}" in name[name.index("{") :]:
        start = name.index("{")
        name = f"{name[:start]}x{name[name.index('}', start) + 1 :]}"
    return name


def _doubled(read: list[_Read]) -> Iterator[SourceFault]:
    """Names that two of one's own files have."""
    held: set[str] = set()
    for each in read:
        for number, name in enumerate((each.provider.key, *each.provider.aliases)):
            if name in held:
                place = each.place("provider") if number == 0 else each.place("aliases", number - 1)
                yield SourceFault(place, "config", f"{quoted(name)} is declared in another file as well", "keep one")
            held.add(name)
