"""A first `.mailzone.yaml` as text: what was found, each line with what it rests on, and the rest to fill in."""

from collections.abc import Iterable, Iterator

from linter.facts.mail.drafted_mail import NONE, Declaration, DraftEntry, DraftSystem
from linter.lookup.lock_document import name_key, scalar
from linter.providers.catalogue import catalogue
from linter.records.text.fault import few
from linter.records.text.name import dotless
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .shown import shown

HEAD = (
    "# The mail of these zones as `mailzone init` found it in their records. The comments say what each line rests on;",
    "# lines that are comments are to fill in or to delete. `mailzone check` and `mailzone senders` read this file.",
)
_PLAIN = Pattern(r"[a-z](?:[a-z0-9.-]*[a-z0-9])?")
_NO_TEXTS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
"""Words that YAML 1.1 does not read as texts, and the one that means no mail."""
_COLUMNS = 110
_MOST_NAMED = 3
_MOST_COMMENT = 160
_MOST_OPEN = 200
_MOST_PARAMETERS = 4


class Line(Frozen):
    """A line of the configuration and what it rests on."""

    text: str
    why: str


class Found(Frozen):
    """What goes into the file beside mail: `globs` with what they match, and `dns` with its comments, as lines.

    `providers` are the files of providers of one's own.
    """

    globs: tuple[Line, ...]
    excluded: tuple[Line, ...]
    dns: tuple[str, ...]
    providers: tuple[str, ...] = ()


def comment(text: str) -> str:
    """Words as a comment of one line, whatever they hold."""
    safe = shown(text.replace("\t", " "))
    return f"# {safe if len(safe) <= _MOST_COMMENT else f'{safe[: _MOST_COMMENT - 1]}…'}"


def config_lines(found: Found, declared: Declaration) -> Iterator[str]:
    """The file."""
    yield from HEAD
    yield "zones:"
    yield from (f"  - {scalar(each.text)}  {comment(each.why)}" for each in found.globs)
    if found.excluded:
        yield "exclude:"
        yield from (f"  - {scalar(each.text)}  {comment(each.why)}" for each in found.excluded)
    yield from found.dns
    if found.providers:
        yield f"providers: [{', '.join(map(scalar, found.providers))}]"
    usable = [each for each in declared.entries if each.is_usable]
    used = {system for entry in usable for system in entry.systems}
    systems = [system for system in declared.systems if system in used]
    yield "systems:" if systems else "# systems:"
    for system in systems:
        yield from _system_lines(system)
    if not systems:
        yield comment("  NAME: {provider: …}  # none is recognised; `mailzone providers` lists who can be named")
    yield "mail:" if usable else "# mail:"
    yield from _mail_lines(usable)
    yield from _open_lines(declared.entries)


def _system_lines(system: DraftSystem) -> Iterator[str]:
    yield f"  {_word(system.key)}:  {comment(_rests(system))}"
    if system.provider:
        yield f"    provider: {system.provider}"
    own = dict(system.parameters)
    if "tenant" in own:
        yield f"    tenant: {_word(own.pop('tenant'))}"
    if own:
        yield f"    parameters: {{{', '.join(f'{name}: {_word(value)}' for name, value in own.items())}}}"
    if system.receives:
        yield f"    receives: [{', '.join(map(_host, system.receives))}]"
    if system.spf:
        yield f"    spf: {scalar(' '.join(system.spf))}"
    if system.dkim:
        yield f"    dkim: {{{', '.join(f'{_word(key)}: {_host(target)}' for key, target in system.dkim.items())}}}"
    if system.clients:
        yield f"    clients: {{{', '.join(f'{key}: {scalar(host)}' for key, host in system.clients.items())}}}"
    for doubt in system.doubts:
        yield f"    {comment(doubt)}"
    if system.provider:
        yield from _parameter_lines(system)


def _parameter_lines(system: DraftSystem) -> Iterator[str]:
    """What only its owner knows of a vendor's system."""
    known = dict(system.parameters)
    asked = [each for each in catalogue().providers[system.provider].parameters if each.name not in known]
    for each in asked[:_MOST_PARAMETERS]:
        yield f"    {comment(f'{each.name}: …  {each.what} ({each.how})')}"


def _rests(system: DraftSystem) -> str:
    """By what of which names a system shows."""
    told = [f"{how} of {_named(names)}" for how, names in system.reasons.items()]
    if system.provider:
        return f"{catalogue().providers[system.provider].name}: {'; '.join(told)}"
    return f"{'; '.join(told)}; say who this is" if told else "say who this is"


def _named(names: list[str]) -> str:
    return few(map(dotless, names), _MOST_NAMED)


def _mail_lines(entries: Iterable[DraftEntry]) -> Iterator[str]:
    """One line for all names with the same mail."""
    alike: dict[str, list[DraftEntry]] = {}
    for entry in entries:
        alike.setdefault(_value(entry), []).append(entry)
    for value, group in sorted(alike.items(), key=lambda each: each[0] == NONE):
        why = "; ".join(dict.fromkeys(" and ".join(entry.reasons) for entry in group[:_MOST_OPEN]))
        yield from _entry_lines([entry.name for entry in group], value, comment(f"by {why}"))


def _value(entry: DraftEntry) -> str:
    if entry.is_none:
        return NONE
    fields = [f"{field}: {_word(system.key)}" for field, system in entry.roles]
    if entry.senders is not None:
        fields.append(f"sends: [{', '.join(_word(each.key) for each in entry.senders)}]")
    return f"{{{', '.join(fields)}}}"


def _entry_lines(names: list[str], value: str, why: str) -> Iterator[str]:
    """Names with what they have in common: one key, folded where that is long (a key in one line ends at 1024)."""
    one = name_key(names[0]) if len(names) == 1 else ", ".join(dotless(name) for name in names)
    if len(one) + len(value) < _COLUMNS:
        yield f"  {one}: {value}  {why}"
        return
    rows, row = [], ""
    for name in map(dotless, names):
        if row and len(row) + len(name) > _COLUMNS:
            rows.append(row)
            row = ""
        row += f"{name}, "
    rows.append(row.rstrip(", "))
    yield f"  ? {rows[0].rstrip()}"
    yield from (f"    {each.rstrip()}" for each in rows[1:])
    yield f"  : {value}  {why}"


def _open_lines(entries: Iterable[DraftEntry]) -> Iterator[str]:
    """What is not declared and why, and what of the declared is open: for names alike in one line."""
    alike: dict[str, list[str]] = {}
    for entry in entries:
        said = entry.open if entry.is_usable else [entry.problem or f"{_value(entry)}  # {entry.objection}"]
        if entry.is_usable:
            said = [
                *said,
                *(f"not declared: sends [{_word(each.key)}]  # {why}" for each, why in entry.dropped.items()),
            ]
        if entry.is_usable and entry.unplaced and entry.receives is not None:
            said = [*said, f"not declared: receives {_word(entry.receives.key)}  # {entry.unplaced}"]
        for words in said:
            alike.setdefault(words, []).append(entry.name)
    for words, names in list(alike.items())[:_MOST_OPEN]:
        yield f"  {comment(f'{_named(names)}: {words}')}"
    if len(alike) > _MOST_OPEN:
        yield f"  {comment(f'and {len(alike) - _MOST_OPEN:,} more remarks of this kind')}"


def _host(name: str) -> str:
    return _word(dotless(name))


def _word(text: str) -> str:
    """A word as YAML reads it back."""
    return text if _PLAIN.fullmatch(text) and text not in _NO_TEXTS else scalar(text)
