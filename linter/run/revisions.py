"""An estate at a revision: its files from git's objects, laid into a folder of their own for as long as needed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy

from linter.config.load import find_config
from linter.records.text.fault import quoted
from linter.source.ending import before_ending
from linter.source.frozen import Frozen
from linter.source.repository import GIT, repository_root
from linter.source.typed import TypeVar

from .git import ask_git
from .laid_out import lay_out
from .policy import Options, Scope, policy_for
from .refused import Refused

MERGE_BASE = "merge-base:"
"""Before a revision: where it and the present commit have parted."""

Given = TypeVar("Given", bound=Options)


class Revision(Frozen):
    """A commit as files: `word` is how it was named, `commit` its hash.

    Its files lie below the folder `place` as they lie below `root`, the root of the repository (both real paths).
    """

    word: str
    commit: str
    root: str
    place: str

    def placed(self, path: str) -> str:
        """Where a path of the working tree lies in the revision; one outside the repository stays as it is."""
        folder, name = os.path.split(os.path.normpath(path))
        real = os.path.realpath(path) if name in ("", ".", "..") else os.path.join(os.path.realpath(folder), name)
        below = os.path.relpath(real, self.root)
        return path if below.split(os.sep)[0] == os.pardir else os.path.normpath(os.path.join(self.place, below))

    def path_of(self, placed: str) -> str:
        """The path in the working tree, from the working folder on, of what lies in the revision."""
        below = os.path.relpath(placed, self.place)
        return placed if below.split(os.sep)[0] == os.pardir else os.path.relpath(os.path.join(self.root, below))

    def options(self, given: Given, paths: list[str] | None = None) -> Given:
        """Options under which a command works on this revision as the given ones have it work on the working tree.

        Of `paths`, else those of the options, these are left that the revision has; an option that names a file
        outside the repository names the same file. Raises Refused.
        """
        made = copy(given)
        wanted: list[str] = getattr(given, "paths", []) if paths is None else paths
        made.paths = [placed for path in wanted if os.path.lexists(placed := self.placed(path))]  # type: ignore[attr-defined]
        made.answers = [self.placed(path) for path in getattr(given, "answers", [])]  # type: ignore[attr-defined]
        made.config = self._configuration(given.config)
        made.no_config = given.no_config or (bool(given.config) and not made.config)
        beyond = "" if made.no_config or made.config else self._beyond(given)
        made.scope = Scope(self.placed("."), self.place, beyond)  # type: ignore[attr-defined]
        return made

    def has(self, path: str) -> bool:
        """Whether the revision has what lies at a path of the working tree."""
        return os.path.lexists(self.placed(path))

    def _configuration(self, path: str | None) -> str | None:
        placed = self.placed(path) if path else None
        return placed if placed and os.path.lexists(placed) else None

    def _beyond(self, given: Options) -> str:
        """The configuration above the repository, which is in no revision; its zones would not be either."""
        path = find_config(os.path.dirname(self.root)) if os.path.dirname(self.root) != self.root else ""
        if path and policy_for(given, os.path.dirname(path)).settings.zones:
            raise Refused(f"{self.word}: the zones of {path} lie outside the repository, and no revision has them")
        return path


def root_of(folder: str) -> str:
    """The root of the work tree that a folder lies in, of a bare repository its own folder; "" where there is none."""
    said = ask_git(folder, "rev-parse", "--show-toplevel")
    if said is None and is_bare(folder):
        said = ask_git(folder, "rev-parse", "--absolute-git-dir")
    return os.path.realpath(os.fsdecode(said.removesuffix(b"\n"))) if said else ""


def is_bare(folder: str) -> bool:
    """Whether a folder is one of a repository without a work tree, as servers have them."""
    return ask_git(folder, "rev-parse", "--is-bare-repository") == b"true\n"


@contextmanager
def revision(word: str, folder: str = "") -> Iterator[Revision]:
    """The revision that a word names in the repository of a folder, as long as it is needed. Raises Refused.

    The word is what git takes as a revision, or `merge-base:` and one. Objects alone are read: no hook, no filter, no
    other program is run, nothing is fetched, and no replacement counts. What is laid out are the files that can have a
    say: YAML, links, locks, and what configurations name.
    """
    root = root_of(folder)
    if not root:
        raise Refused(f"{quoted(word, 80)}: {_no_repository(folder)}")
    commit = resolved(word, folder)
    from tempfile import mkdtemp

    top = os.path.realpath(mkdtemp(prefix="mailzone-"))
    owner = os.getpid()

    def put_away() -> None:
        from shutil import rmtree

        if os.getpid() == owner:  # a process that was forked meanwhile leaves it to the first
            rmtree(top, ignore_errors=True)

    with _ended(put_away):
        try:
            place = os.path.join(top, os.path.basename(root) or "tree")
            os.mkdir(place, 0o700)
            lay_out(commit, root, place, word)
            yield Revision(word, commit, root, place)
        finally:
            put_away()


def _no_repository(folder: str) -> str:
    if os.path.lexists(os.path.join(repository_root(folder), GIT)):
        return "git does not open the repository here; where it is another user's, `safe.directory` of git allows it"
    return "git knows no repository here"


def resolved(word: str, folder: str = "") -> str:
    """The hash of the commit that a word names. Raises Refused."""
    name = word.removeprefix(MERGE_BASE)
    commit = _commit(name, folder) if name and "\0" not in name else None
    if commit is None:
        raise Refused(f"{quoted(name, 80)} is not a revision that git has here{_way_out(name, folder)}")
    if not word.startswith(MERGE_BASE):
        return commit
    said = ask_git(folder, "merge-base", "HEAD", commit)
    if said is None:
        raise Refused(f"git finds no commit where {quoted(name, 80)} and HEAD have parted{_way_out('', folder)}")
    return said.decode("ascii", "replace").strip()


def _commit(name: str, folder: str) -> str | None:
    said = ask_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return said.decode("ascii", "replace").strip() if said else None


def _way_out(name: str, folder: str) -> str:
    """What may be done where a revision is missing; with a name, where a remote has it."""
    if ask_git(folder, "rev-parse", "--is-shallow-repository") == b"true\n":
        return "; the clone is shallow: `fetch-depth: 0` of actions/checkout, or `git fetch --unshallow`, has all of it"
    near = f"origin/{name}"
    return f"; did you mean {quoted(near, 80)}?" if name and _commit(near, folder) else ""


@contextmanager
def _ended(put_away: Callable[[], None]) -> Iterator[None]:
    """Has things put away when a signal ends this process, where that can be arranged."""
    from threading import current_thread, main_thread

    if current_thread() is main_thread():
        with before_ending(put_away):
            yield
    else:
        yield
