"""A first configuration for zones that have none: found, drafted, and tried under all rules before it is written."""

import os
from collections.abc import Iterable, Iterator

from linter.config.load import FILE_NAME, load_settings
from linter.config.own_providers import KEY, OwnProviders, read_own_providers
from linter.config.settings import ActiveRules, BadConfiguration, Profile, Settings
from linter.facts.facts import Facts
from linter.facts.mail.drafted_mail import Declaration, Drafter
from linter.facts.mail.shown_mail import shown_mail
from linter.finding import Finding, at_least
from linter.intent.model import Intent
from linter.intent.reader import read_intent
from linter.lookup.lock_document import scalar
from linter.records.text.name import ancestors
from linter.report.first_config import Found, Line, config_lines
from linter.report.place import explained
from linter.report.target_dots import dns_lines
from linter.source.frozen import Frozen
from linter.source.plain import node_at
from linter.source.text import Source, Span
from linter.source.tree import Mapping, unalias
from linter.source.yaml_reader import read_yaml

from .check import Checker
from .declared_globs import globs_for
from .estate_facts import facts_of
from .given_estates import EstateOptions, readable
from .parts import Part, groups, parts
from .policy import Policy
from .public_suffixes import public_suffix
from .refused import Refused
from .resolvers import Resolvers
from .wanted import readable_files

_MOST_ROUNDS = 6
"""How often entries that rules object to are taken out, and the rest tried again."""

_ADVICE = frozenset({"intent-sender-unsigned", "intent-dkim-missing", "intent-envelope-unreachable"})
"""Warnings about who certainly sends: they are told, and no reason to declare less."""


class Start(Frozen):
    """A configuration to be written: where, its text, and how much of the mail it declares: names, and all of them."""

    path: str
    text: str
    zones: int
    declared: int
    names: int


class _Estates:
    """The estates of the given paths with the files that are zones in them."""

    def __init__(self, options: EstateOptions) -> None:
        self.settings = Settings()
        self.found = readable_files(options, options.paths)
        self.parts: list[Part] = [part for group in groups(options, self.found) for part in parts(group)]
        self.resolvers = Resolvers(options.answers)
        self.files: dict[str, None] = {}

    def facts(self) -> Iterator[Facts]:
        """The facts of every zone; notes its files, among those that are claimed to be zones or show it."""
        checker = Checker(_RULES, self.settings)
        for part in self.parts:
            estate = part.estate(self.resolvers.of(Settings(), part.folder))
            with readable():
                opened = list(checker.opened(part.files, estate, set(), part.claims))
            for zone, _, index in opened:
                if index is not None and index.zone.records:
                    self.files.update(dict.fromkeys(zone.files))
                    yield facts_of(index, estate, self.settings, checker.parsers)


_RULES = ActiveRules(Profile("recommended", {}))


def start(options: EstateOptions, is_written: bool) -> Start:
    """A configuration for the given paths. Raises Refused, also where there is no zone, or one in its place already."""
    if "-" in options.paths:
        raise Refused("`-`: a configuration is for files; name the folder of the zones")
    estates = _Estates(options)
    path = os.path.join(_folder(options.paths, estates), FILE_NAME)
    if is_written and os.path.lexists(path):
        raise Refused(f"{path} is there already and is never written over; delete or rename it, or use --print")
    own = _own_providers(path, getattr(options, "providers", []))
    estates.settings = Settings(providers=own.providers)
    drafter = Drafter(_owner_of)
    zones: list[Facts] = []
    for facts in estates.facts():
        for shown in shown_mail(facts):
            drafter.add(shown)
        zones.append(facts)
    if not zones:
        raise Refused(f"there is no zone file in {', '.join(options.paths or ['.'])}")
    declared = drafter.declaration()
    found = Found(*_globs(os.path.dirname(path), estates.files), tuple(dns_lines(zones)), own.files)
    return _tried(path, found, declared, estates, len({facts.zone.name for facts in zones}))


def _own_providers(path: str, given: Iterable[str]) -> OwnProviders:
    """The providers of one's own: those of the command line, else of the configuration that is there already.

    `files` are relative to the configuration that is to lie at `path`. Raises Refused.
    """
    folder = os.path.dirname(path)
    try:
        files = tuple(given) or (load_settings(path).provider_files if os.path.lexists(path) else ())
        names = tuple(os.path.relpath(file, folder or ".") for file in files)
        text = "".join((f"{KEY}:\n", *(f"  - {scalar(name)}\n" for name in names)))
        root = read_yaml(Source(path, text)).root
        if not names or not isinstance(root, Mapping):
            return OwnProviders((), ())
        return read_own_providers(root, {KEY: list(names)}, folder)._replace(files=names)
    except BadConfiguration as error:
        raise Refused(*map(explained, error.faults)) from error


def _folder(paths: Iterable[str], estates: _Estates) -> str:
    """Where the configuration is to lie: here, or where all given paths lie if that is elsewhere."""
    here = os.path.realpath(".")
    given = [os.path.realpath(path) for path in paths] or [here]
    if all(path == here or path.startswith(os.path.join(here, "")) for path in given):
        return ""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in given]
    common = os.path.commonpath(folders)
    return os.path.relpath(common, here) if common.startswith(os.path.join(os.path.dirname(here), "")) else common


def _owner_of(name: str) -> str:
    """The domain of the organisation that a name belongs to: one label below the public suffix."""
    suffix = public_suffix(name)
    return next(
        (above for above in reversed(ancestors(name)) if above != suffix and above.endswith(f".{suffix}")), name
    )


def _globs(folder: str, files: Iterable[str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    found = globs_for(folder, files)
    zones = (Line(glob, f"{number:,} zone file{'s' if number > 1 else ''}") for glob, number in found.zones)
    return tuple(zones), tuple(Line(glob, "not a zone") for glob in found.others)


def _tried(path: str, found: Found, declared: Declaration, estates: _Estates, zones: int) -> Start:
    """The text of which no declaration makes rules object: what does is left as a comment with the reason."""
    before = {each.place for each in _findings(estates, path, None)}
    entries = {entry.name: entry for entry in declared.entries}
    for _ in range(_MOST_ROUNDS):
        text = "".join(f"{line}\n" for line in config_lines(found, declared))
        intent = _intent(path, text)
        fresh = [each for each in _findings(estates, path, intent) if each.place not in before] if intent.mail else []
        told = {name_and_key: each for each in reversed(fresh) for name_and_key in _objected(each, intent)}
        changes = [
            entries[name].object(key, f"{each.rule}: {each.message}", each.severity == "error")
            for (name, key), each in told.items()
            if each.severity == "error" or each.rule not in _ADVICE
        ]
        if not any(changes):
            break
    usable = sum(entry.is_usable for entry in declared.entries)
    return Start(path, text, zones, usable, len(declared.entries))


def _intent(path: str, text: str) -> Intent:
    """What the text declares."""
    root = read_yaml(Source(path, text)).root
    plain = unalias(root)[0] if root is not None else None
    if not isinstance(plain, Mapping):
        return Intent({}, {})
    held = {key: node_at(plain, (key,))[0] for key in ("systems", "mail") if _has(plain, key)}
    intent, faults = read_intent(held.get("systems"), held.get("mail"), "config")
    if faults:
        raise ValueError(f"drafted what cannot be read: {faults[0].message}")
    return intent


def _has(root: Mapping, key: str) -> bool:
    from linter.source.plain import entry_of

    return entry_of(root, key) is not None


def _findings(estates: _Estates, path: str, intent: Intent | None) -> list[Finding]:
    """What all rules say of the zones under a declaration, from warnings on."""
    found: list[Finding] = []
    own = estates.settings.providers
    settings = Settings(path=path, folder=os.path.dirname(path), intent=intent, providers=own)
    checker = estates.resolvers.checker(Policy(settings, _RULES))
    for part in estates.parts:
        checker.check(part.files, part.estate(estates.resolvers.of(Settings(), part.folder)), part.claims)
    found += (each for each in checker.outcome().findings if at_least(each.severity, "warning"))
    return found


def _objected(finding: Finding, intent: Intent) -> Iterator[tuple[str, str]]:
    """(name, key of a system or "") for each entry that a finding comes from.

    The one that it is about by its place; else that of its name, or of one above it; else all that name its system.
    """
    spans = [finding.span, *(related.span for related in finding.related)]
    places = {each.start for each in spans if _is_in(each, intent)}
    named = [(mail, word) for mail in intent.mail.values() for word in mail.words if word.span.start in places]
    own = next((name for name in ancestors(finding.name) if name in intent.mail), "") if finding.name else ""
    about = [(mail, word) for mail, word in named if not own or mail.name.text == own]
    if about:
        yield from ((mail.name.text, word.text) for mail, word in about)
    elif own:
        yield own, ""
    else:
        systems = {key for key, system in intent.systems.items() if system.name.span.start in places}
        for mail in intent.mail.values():
            yield from ((mail.name.text, word.text) for word in mail.words if word.text in systems)


def _is_in(span: Span, intent: Intent) -> bool:
    """Whether a place is one of the declaration."""
    return any(span.source.path == mail.name.span.source.path for mail in list(intent.mail.values())[:1])
