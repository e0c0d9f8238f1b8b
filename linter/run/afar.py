"""A load judged on another machine: its files are laid out there, and a process of its own judges them.

A process, since the working folder, what was noted, and the garbage collector are each one for all of a process, and a
worker may have several threads; and so that a fault that ends it costs the worker nothing.
"""

import gc
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager

from linter import __version__
from linter.source.frozen import Frozen
from linter.source.inputs import begin_inputs, digest
from linter.source.typed import IO, TYPE_CHECKING, Any, Final, TypeAlias

from .refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .plugins import Entry
    from .shares import Share

Judging: TypeAlias = "Callable[[tuple[Share, ...], Any], Any]"
"""What judges the shares of a load, with what it was given beside them; a function of a module."""

DONE: Final = "done"
RAISED: Final = "raised"
UNLIKE: Final = "unlike"
"""What became of a load: what its judging gave or raised, or what is installed there where that is not the same."""
_MATTER = ("PyYAML", "dnspython", "idna", "jsonschema", "publicsuffixlist")
"""Packages whose versions may change what is found."""
_START = "from linter.run.afar import judge_in_this_process; judge_in_this_process()"
_SIZE = 8


class Task(Frozen):
    """A load without its parcel: what judges it, which files of which shares, and what else is given."""

    function: Judging
    picked: tuple[tuple[int, list[str]], ...]
    given: Any


class LostError(Exception):
    """The process that judged a load ended without a word: it may be done again."""


def surroundings(plugins: "Iterable[Entry]") -> dict[str, str]:
    """What must be alike where parts of one run are judged: versions, and the rules of others."""
    from importlib.metadata import version

    found = {"Python": ".".join(map(str, sys.version_info[:3])), "mailzone": __version__}
    found |= {name: version(name) for name in _MATTER}
    for entry in plugins:
        found[f"the rules `{entry.family}`"] = f"{entry.value} of {os.path.basename(os.path.dirname(entry.path))}"
    return found


def sealed(task: Task, here: dict[str, str]) -> bytes:
    """A task on its way; what it holds is looked at only where the surroundings are the same."""
    return pickle.dumps((here, pickle.dumps(task, pickle.HIGHEST_PROTOCOL)))


def work(parcel: bytes, task: bytes, folder: str = "") -> bytes:
    """What came of a task, as octets: (what became of it, what that gave). Raises LostError. Runs on a worker."""
    with _laid_out(parcel, folder) as laid:
        environment = {name: held for name, held in os.environ.items() if not name.startswith("PYTHON")}
        # The folder of strangers' files must not be one that modules are loaded from.
        environment |= {"PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path)), "PYTHONSAFEPATH": "1"}
        with subprocess.Popen(
            [sys.executable, "-c", _START, laid.top],
            cwd=laid.here,
            env=environment | {"HOME": laid.home},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                for octets in (parcel, task):
                    process.stdin.write(len(octets).to_bytes(_SIZE, "big") + octets)
                process.stdin.flush()
                said = process.stdout.read()  # our end of its input stays open: where it closes, we are gone
            except OSError as error:
                raise LostError(f"the process of a worker ended: {error}") from error
            finally:
                process.kill()
        if not said:
            raise LostError("the process of a worker that judged a share of the files has died")
        return said


def judge_in_this_process() -> None:
    """What the process of a worker does: reads a parcel and a task, and writes what came of it."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a rule may print is no part of what is said
    gc.disable()
    parcel, task = _octets(sys.stdin.buffer), _octets(sys.stdin.buffer)
    threading.Thread(target=_end_with_worker, daemon=True).start()
    out.write(pickle.dumps(_came_of(parcel, task, sys.argv[1]), pickle.HIGHEST_PROTOCOL))
    out.flush()
    os._exit(0)


def _came_of(parcel: bytes, task: bytes, top: str) -> tuple[str, Any]:
    """What came of a task, whose parcel is laid out below a folder."""
    from linter.source.file import Unreadable

    from .parcel import below, unpacked
    from .plugins import load_plugins

    begin_inputs()
    here = surroundings(load_plugins())
    there, held = pickle.loads(task)
    if here != there:
        return UNLIKE, here
    todo: Task = pickle.loads(held)
    shares = unpacked(parcel).shares
    picked = []
    for number, files in todo.picked:
        part = shares[number].part.moved(lambda place: below(top, place))
        picked.append(shares[number]._replace(files=files, part=part))
    try:
        return DONE, todo.function(tuple(picked), todo.given)
    except Refused as error:
        return RAISED, error.lines
    except Unreadable as error:
        return RAISED, (f"cannot use {error.path}: {error.reason}",)


def _octets(stream: IO[bytes]) -> bytes:
    return stream.read(int.from_bytes(stream.read(_SIZE), "big"))


def _end_with_worker() -> None:
    """Wait until nobody is there any more who would take what is said."""
    os.read(0, 1)
    os._exit(1)


class _Laid(Frozen):
    """A parcel laid out: the folder that is its root, and there those that were the working folder and the user's."""

    top: str
    here: str
    home: str


_laid: dict[str, _Laid] = {}
_users: dict[str, int] = {}
_lock = threading.Lock()


@contextmanager
def _laid_out(parcel: bytes, folder: str) -> "Iterator[_Laid]":
    """The parcel laid out in a folder below `folder`, kept for the next load of it until another parcel comes."""
    key = digest(parcel)
    with _lock:
        if key not in _laid:
            _laid[key] = _lay(parcel, folder)
        _users[key] = _users.get(key, 0) + 1
    try:
        yield _laid[key]
    finally:
        with _lock:
            _users[key] -= 1
            for each in [each for each in _laid if each != key and not _users.get(each)]:
                _put_away(_laid.pop(each).top)
                _users.pop(each)


def _lay(parcel: bytes, folder: str) -> _Laid:
    from tempfile import mkdtemp

    from .parcel import below, lay_out, unpacked

    held = unpacked(parcel)
    top = os.path.realpath(mkdtemp(prefix="mailzone-", dir=folder or None))
    lay_out(held, top)
    return _Laid(top, below(top, held.here), below(top, held.home))


def _put_away(top: str) -> None:
    """Delete what was laid out."""
    from shutil import rmtree

    rmtree(top, ignore_errors=True)
