"""The locks that paths on the command line mean, each with the zones that it is for."""

import argparse
import os
from collections.abc import Iterator

from linter.finding import Finding
from linter.lookup.answer import Resolver
from linter.lookup.asking import Asking
from linter.lookup.chain import Chain
from linter.lookup.recorded import Recorded
from linter.records.text.fault import quoted
from linter.report.lock_report import Declared
from linter.source.frozen import Frozen

from .files import Found, find_files
from .needs import Needs, every_rule
from .parts import Group, groups, parts
from .refused import Refused
from .resolvers import Resolvers, lock_path
from .wanted import declared_files, readable_files


class Lock(Frozen):
    """One lock: the zones it is for, and the resolver that notes what these ask for.

    `answers` are asked before it. `is_whole` is whether there are no other zones that it is for.
    """

    path: str
    asking: Asking
    answers: tuple[Resolver, ...]
    needs: list[Needs]
    is_whole: bool

    def declared(self, before: Resolver, after: Resolver) -> Iterator[Declared]:
        """The SPF records of each estate, as they were with one lock and are with another."""
        for each in self.needs:
            first = (each.estate.zones, *self.answers)
            yield Declared(each.spf_records(), Chain([*first, before]), Chain([*first, after]))

    def broken(self, before: Resolver, after: Resolver) -> Iterator[Finding]:
        """The errors that there are with one lock and were not with another, of whatever mail depends on.

        Of SPF records `declared` tells more.
        """
        for each in self.needs:
            self.asking.known = before
            known = {finding.place for finding in each.errors()}
            self.asking.known = after
            for finding in each.errors():
                if finding.place not in known and not finding.rule.startswith("spf-"):
                    yield finding


def locks_of(options: argparse.Namespace) -> list[Lock]:
    """The locks of the given paths. Raises Refused, and Unreadable for a file of a zone."""
    if "-" in options.paths:
        raise Refused("`-`: a lock is for files; name the folder of the zones")
    found = readable_files(options, options.paths)
    resolvers = Resolvers(options.answers)
    locks: dict[str, Lock] = {}
    for group in groups(options, found):
        rules = every_rule(group.policy.rules)
        for part in parts(group):
            path = lock_path(group.policy.settings, part.folder)
            answers = resolvers.answers_of(group.policy.settings)
            fresh = Lock(path, Asking(Recorded([])), answers, [], _is_whole(path, group, found))
            lock = locks.setdefault(os.path.realpath(path), fresh)
            estate = part.estate([*answers, lock.asking])
            lock.needs.append(Needs(part.files, estate, rules, group.policy.settings))
    for_zones = [lock for lock in locks.values() if any(needs.zones for needs in lock.needs)]
    if not for_zones:
        raise Refused(f"no zone file in {', '.join(quoted(path, 80) for path in (options.paths or ['.'])[:3])}")
    return for_zones


def _is_whole(path: str, group: Group, found: Found) -> bool:
    """Whether the given paths are all that a lock is for: the zones of its configuration, or all below its folder."""
    settings = group.policy.settings
    if settings.zones:
        files = {os.path.realpath(file) for file in group.files}
        return all(os.path.realpath(file) in files for file in find_files(declared_files(settings)).files)
    folder = os.path.join(os.path.dirname(os.path.realpath(path)), "")
    return any(folder.startswith(os.path.join(os.path.realpath(given), "")) for given in found.folders)
