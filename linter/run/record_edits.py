"""The files of a zone with what its declared mail lacks, and what of it cannot be written, with the reason."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from linter.edit.change import CannotEdit, Change
from linter.edit.placing import placed
from linter.edit.zone_file import edited
from linter.facts.mail.record_changes import Pair, changes_of, kept_beside, lacking_sets
from linter.facts.mail.requirement import Required
from linter.finding import Finding
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import dotless, is_under, shown
from linter.source.frozen import Frozen
from linter.source.text import Source
from linter.zone.document import Document
from linter.zone.presented import presented
from linter.zone.reading import zone_from

from .check import Checker
from .given_estates import EstateOptions, GivenZone, given_estates, with_texts
from .refused import Refused
from .zone_documents import Read, documents_to_edit

_MOST_ROUNDS = 6
"""What is written may show what else is needed, as where a wildcard answered so far."""

Needed = Callable[[GivenZone], tuple[Required, ...]]
"""What a domain needs of a zone."""


class Unwritten(Frozen):
    """A record set that is needed and cannot be written, and why."""

    name: str
    type: str
    why: str


class Edits(Frozen):
    """`texts` are the files that change: by path, as they are and as they shall be. `changes` are what they say.

    `zone` is the zone when they are written, `needed` what its mail then needs.
    """

    texts: Mapping[str, tuple[str, str]]
    changes: tuple[Change, ...]
    unwritten: tuple[Unwritten, ...]
    zone: GivenZone
    needed: tuple[Required, ...]


def record_edits(zone: GivenZone, needed: Needed, options: EstateOptions) -> Edits:
    """All edits that bring a zone as near to what it needs as can be known. Raises Refused, Unreadable."""
    _refuse_several(zone, options)
    before = {document.source.path: document.source.text for document, _ in _documents(zone)}
    texts: dict[str, str] = {}
    changes: dict[Pair, Change] = {}
    unwritten: tuple[Unwritten, ...] = ()
    wanted = needed(zone)
    for _ in range(_MOST_ROUNDS):
        step = _Step(zone, wanted)
        unwritten = tuple(step.unwritten)
        if not step.texts:
            break
        changes.update({(change.name, change.type): change for change in step.changes})
        texts.update(step.texts)
        zone = with_texts(zone, options, texts)
        wanted = needed(zone)
    changed = {path: (before[path], text) for path, text in texts.items() if text != before[path]}
    return Edits(changed, tuple(changes.values()), unwritten, zone, wanted)


def _documents(zone: GivenZone) -> tuple[tuple[Document, Read], ...]:
    return documents_to_edit(zone.given.estate, zone.files)


def _refuse_several(zone: GivenZone, options: EstateOptions) -> None:
    """Raise Refused where other files declare the zone as well: which of them is meant is not known."""
    name = zone.facts.zone.name
    declaring = {os.path.realpath(path): path for path in zone.files.files}
    own = set(declaring)
    for given in given_estates(options, None):
        if given.estate.index_of(name) is not None:
            declaring |= {os.path.realpath(path): path for path in given.estate.files_declaring(name)}
    if set(declaring) != own and not _are_given(own, declaring, options):
        listed = ", ".join(f"`{path}`" for path in sorted(declaring.values())[:4])
        raise Refused(f"{dotless(name)} is declared in {listed}; name the file of the one to change")


def _are_given(own: set[str], declaring: Mapping[str, str], options: EstateOptions) -> bool:
    """Whether the command line names the files of one alone."""
    named = {os.path.realpath(path) for path in (*options.paths, options.stdin_filename or "") if path not in ("", "-")}
    return bool(named & own) and not named & (set(declaring) - own)


class _Step:
    """What can be written of what is needed now."""

    def __init__(self, zone: GivenZone, needed: Iterable[Required]) -> None:
        self.texts: dict[str, str] = {}
        self.changes: list[Change] = []
        self.unwritten: list[Unwritten] = []
        self._zone = zone
        self._index: ZoneIndex = zone.facts.index
        self._documents = list(_documents(zone))
        sets = lacking_sets(needed)
        for pair, wanted in sets.items():
            try:
                self._write(self._wanted(pair, wanted, tuple(sets)))
            except CannotEdit as error:
                self.unwritten.append(Unwritten(*pair, str(error)))

    def _wanted(self, pair: Pair, wanted: list[Required], all_pairs: tuple[Pair, ...]) -> list[Change]:
        """The changes for one set. Raises CannotEdit."""
        name, origin = pair[0], self._index.zone.name
        other = self._zone.facts.zone_at(name)
        if not is_under(name, origin) or (other is not None and other.zone.name != origin):
            where = shown(other.zone.name) if other is not None else "a zone that is not here"
            raise CannotEdit(f"it belongs to {where}")
        if self._index.cut_above(name) is not None:
            raise CannotEdit("the name is delegated to other servers")
        changes = changes_of(pair, wanted, _held(document for document, _ in self._documents))
        return [*kept_beside(self._index, name, all_pairs), *changes]

    def _write(self, changes: list[Change]) -> None:
        """Change the documents, all or none. Raises CannotEdit."""
        documents = list(self._documents)
        for change in changes:
            row = placed([document for document, _ in documents], change.name, change.type)
            document, read = documents[row]
            text = edited(document, [change], read)
            documents[row] = (read(Source(document.source.path, text)), read)
        self._documents = documents
        self.texts = {document.source.path: document.source.text for document, _ in documents}
        self.changes += changes


def _held(documents: Iterable[Document]) -> dict[Pair, tuple[str, ...]]:
    """The values of the files, by set; what cannot be presented is left out of the values."""
    found: dict[Pair, tuple[str, ...]] = {}
    for document in documents:
        zone = zone_from([document])
        for record in zone.records if zone is not None else ():
            values = tuple(text for value in record.values if (text := presented(value)) is not None)
            found[record.name, record.type] = (*found.get((record.name, record.type), ()), *values)
    return found


def check_says(zone: GivenZone, texts: Mapping[str, tuple[str, str]], options: EstateOptions) -> tuple[Finding, ...]:
    """What `mailzone check` finds of a zone with new texts: every error, and each warning that it had not before."""
    before = {_said(finding) for finding in _findings(zone, {}, options)}
    after = _findings(zone, {path: new for path, (_, new) in texts.items()}, options)
    return tuple(
        finding
        for finding in after
        if finding.severity == "error" or (finding.severity == "warning" and _said(finding) not in before)
    )


def _said(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message


def _findings(zone: GivenZone, texts: Mapping[str, str], options: EstateOptions) -> Iterator[Finding]:
    now = with_texts(zone, options, texts)
    checker = Checker(now.given.rules, now.given.settings)
    checker.check(now.files.files, now.given.estate)
    name = now.facts.zone.name
    return (finding for finding in checker.outcome().findings if finding.zone == name)
