"""Which YAML files are claimed to be zones: named by somebody, or like zones in name and content."""

import os

from linter.records.text.name import to_ascii
from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.source.inputs import looked_for
from linter.source.pattern import Pattern
from linter.zone.document import SUFFIXES, Document, tree_of
from linter.zone.evidence import may_hold_records

from .estate import Estate
from .files import is_split_folder
from .scan import is_named_after_zone

_SPECIAL = frozenset(
    {"example", "test", "invalid", "local", "localhost", "lan", "internal", "home", "corp", "intranet"}
)
"""Top levels that are in no list of public suffixes, and that people have zones in (RFC 2606, RFC 6762 appendix G)."""
_PROGRAMS = frozenset({"values", "docker-compose", "compose", "config", "settings", "secrets", "kustomization", "app"})
"""First words of files that programs have one of for each surrounding: `values.dev.yaml` is not of the domain dev."""
_LABEL = Pattern(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


class Claims(Frozen):
    """Who says that files are zones: `named` are paths from the command line, `held` lie where a configuration says.

    Of all other files only those that show it are zones, and nothing is said of the rest; where `are_changes` are
    given, nothing of files that are not zones, wherever they lie.
    """

    named: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    are_changes: bool = False

    def are_ours(self, path: str, estate: Estate) -> bool:
        """Whether a file is to be judged, or what is wrong with it told. Raises Unreadable for one that is claimed."""
        if path in self.named or path in self.held:
            return True
        given = next((each.source.text for each in estate.given if each.source.path == path), None)
        try:
            octets = estate.scan.read(path) if given is None else given.encode("utf-8", "surrogatepass")
        except Unreadable:
            if is_named_like_domain(path):
                raise
            return False
        if not is_named_after_zone(path) and not may_hold_records(octets):
            return False
        return _shows_a_zone(estate.document(path, octets))


def _shows_a_zone(document: Document) -> bool:
    if document.is_config or document.is_evident:
        return True
    if document.layout or not is_named_like_domain(document.source.path):
        return False
    if any(fault.kind != "not-a-zone" for fault in document.faults):
        return True  # what could not be read, or not be included, may have been the zone
    names = tree_of(document.names)
    from linter.zone.dialect import is_misspelt  # few files are in doubt

    return not document.lacks and (names is None or is_misspelt(names))


def is_named_like_domain(path: str) -> bool:
    """Whether a file, or the folder of a split zone, is called like a domain under a top level that exists."""
    folder, file = os.path.split(path)
    if is_split_folder(folder):
        return True
    stem = file
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    labels = to_ascii(stem.lower().strip(".$"))[0].split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    if len(labels) == 2 and (labels[0] in _PROGRAMS or _has_plain_form(folder, labels[0])):
        return False
    if labels[-1] in _SPECIAL:
        return True
    from .public_suffixes import has_top_level  # only files that cannot be read as zones come here

    return has_top_level(".".join(labels))


def _has_plain_form(folder: str, word: str) -> bool:
    """Whether a file lies beside that another is a form of: `app.yaml` beside `app.dev.yaml`."""
    return any(os.path.lexists(looked_for(os.path.join(folder, f"{word}{suffix}"))) for suffix in SUFFIXES)
