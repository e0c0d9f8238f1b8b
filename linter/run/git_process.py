"""A git that is begun for one question: without a shell, in bounds, and so that nothing in a repository is run."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer

from linter.source.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import BinaryIO

MOST_SECONDS = 20.0
MOST_SECONDS_FOR_FILES = 300.0
"""For the contents of all files of a revision."""
_QUIET = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    *("-c", "core.fsmonitor=false"),  # the configuration of a repository may name a program here
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),  # nothing is fetched
)
_SETTINGS = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OF_ONE_REPOSITORY = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"})
"""What git tells the hooks of one repository, and what would be wrong of another."""


@contextmanager
def asked(folder: str, arguments: Sequence[str], given: "BinaryIO | None", is_hook: bool) -> "Iterator[Any]":
    """A git that was begun, ended after MOST_SECONDS at most; None where it could not be begun."""
    program = _program()
    if not program:
        yield None
        return
    kept = {name: value for name, value in os.environ.items() if is_hook or name not in _OF_ONE_REPOSITORY}
    try:
        process = Popen(
            [program, *_QUIET, *arguments],
            cwd=folder or ".",
            stdin=given or DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
            env=kept | _SETTINGS,
        )
    except (OSError, ValueError):
        yield None
        return
    with process:
        timer = Timer(MOST_SECONDS_FOR_FILES if given else MOST_SECONDS, process.kill)
        timer.start()
        try:
            yield process
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()


def _program() -> str:
    """The path of git: the first in the folders of PATH, none of which may be relative to where this runs."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.access(path, os.X_OK) and stat.S_ISREG(os.stat(path).st_mode):
            return path
    return ""
