"""The cache of whole runs: what a run has looked at and what it has said, so that an unchanged one says it again.

An entry counts only where it is its user's own, is whole, was made by the same command line in the same surroundings,
and all that the run looked at is as it was; any doubt is a run. Nothing is ever kept inside a repository.
"""

import os
import sys

from linter import __version__
from linter.run.plugins import Entry
from linter.source.inputs import begin_inputs, digest, note_inputs, noted_inputs, octets_read
from linter.source.repository import is_in_repository
from linter.source.typed import Callable, Iterator, Mapping, Sequence

from .kept_run import Kept, kept_in, octets_of
from .options import CheckOptions
from .streams import columns_of, is_silenced, wants_links
from .tape import Piece, begin_tape, end_tape

FOLDER = "MAILZONE_CACHE_DIR"
"""The variable of the environment that names the folder."""
WORTH_KEEPING = 64 * 1024
"""Octets that take longer to judge than a run takes to start; to look into files takes as long as to look again."""
MOST_OCTETS = 256 * 1024 * 1024
"""Of all entries; the oldest go first."""
_LARGEST = 64 * 1024 * 1024
_MOST_ENTRIES = 512
_SUFFIX = ".run"
_OWN = 0o600
_VARIABLES = frozenset(
    {"TERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "GITHUB_ACTIONS", "MAILZONE_DEBUG"}
    | {"HOME", "PATH", "XDG_CONFIG_HOME", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "PYTHONIOENCODING"}
)
"""Variables of the environment that the output depends on, by themselves or by what git makes of them."""


def may_be_kept(options: CheckOptions) -> bool:
    """Whether a run depends on files alone, and leaves nothing behind but reports."""
    is_written = options.create_baseline or options.prune_baseline
    is_elsewhere = options.executor is not None
    return not (options.no_cache or is_written or is_elsewhere or options.since is not None or "-" in options.paths)


def repeated(run: Callable[[], int], arguments: Sequence[str], day: str, plugins: Sequence[Entry]) -> int:
    """What an earlier run has said, where nothing has changed since, else what this one says; the exit status."""
    folder = cache_folder(os.environ, sys.platform)
    if not folder or is_in_repository(folder):
        return run()
    key = _key(arguments, day, plugins)
    path = os.path.join(folder, f"{digest(key.encode(errors='surrogatepass'))}{_SUFFIX}")
    known = _kept_at(path, key)
    if known is not None:
        from linter.run.unchanged import is_unchanged

        if is_unchanged(known.seen):
            return _said_again(known)
    begin_inputs(is_recorded=True)
    begin_tape()
    try:
        status = run()
    finally:
        pieces = end_tape()
    if status < 2 and pieces is not None and not is_silenced():
        _keep(path, key, status, pieces)
    return status


def cache_folder(environment: Mapping[str, str], platform: str) -> str:
    """Where runs are kept: what the environment names, else a folder in the user's for caches; "" for nowhere."""
    given = environment.get(FOLDER)
    if given:
        return given
    home = os.path.expanduser("~")
    if platform == "win32":
        place = environment.get("LOCALAPPDATA", "")
    elif platform == "darwin":
        place = os.path.join(home, "Library", "Caches")
    else:
        named = environment.get("XDG_CACHE_HOME", "")
        place = named if os.path.isabs(named) else os.path.join(home, ".cache")
    return os.path.join(place, "mailzone") if os.path.isabs(place) else ""


def _key(arguments: Sequence[str], day: str, plugins: Sequence[Entry]) -> str:
    """Whatever a run depends on beside files, as a text. Rules of others may ask for any variable."""
    kept = {
        name: value for name, value in os.environ.items() if plugins or name in _VARIABLES or name.startswith("GIT_")
    }
    streams = [
        [stream.isatty(), columns_of(stream, os.environ), wants_links(stream, os.environ), stream.encoding]
        for stream in (sys.stdout, sys.stderr)
    ]
    where = [os.getcwd(), os.path.realpath(os.getcwd()), os.path.realpath(__file__)]
    return repr(
        [
            [__version__, sys.version, sys.executable, getattr(os, "geteuid", int)()],
            [*arguments],
            [day, where, streams],
            sorted(kept.items()),
            [[entry.family, entry.value, entry.path] for entry in plugins],
        ]
    )


def _said_again(known: Kept) -> int:
    """Write what the run has written; the exit status."""
    from .outputs import write_piece

    note_inputs(known.paths)
    written = [write_piece(piece) for piece in known.pieces]
    return known.status if all(written) else 2


def _kept_at(path: str, key: str) -> Kept | None:
    """The run that was kept, if it is one of the same user, whole, and of the same key."""
    octets = _own_octets(path)
    found, _, body = octets.partition(b"\n")
    if not body or found.decode("ascii", "replace") != digest(body):
        return None
    return kept_in(body, key)


def _own_octets(path: str) -> bytes:
    """A file of this user, that no other can write; nothing where it is another's, or none."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        with open(os.open(path, flags), "rb") as stream:
            status = os.fstat(stream.fileno())
            is_own = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
            if not is_own or status.st_size > _LARGEST:
                return b""
            octets = stream.read(_LARGEST)
        os.utime(path)  # what is used stays
        return octets
    except (OSError, ValueError):
        return b""


def _keep(path: str, key: str, status: int, pieces: Sequence[Piece]) -> None:
    """Keep a run where it was worth it; whatever fails, nothing is kept, and nothing said."""
    if octets_read() < WORTH_KEEPING:
        return
    from linter.run.unchanged import note_code

    note_code()
    inputs = noted_inputs()
    if inputs.seen is None:
        return
    from contextlib import suppress

    from linter.source.file import Unreadable
    from linter.source.replace import replace_file

    kept = Kept(status, tuple(pieces), tuple(sorted(inputs.paths)), tuple(inputs.seen.items()))
    body = octets_of(key, kept)
    octets = digest(body).encode() + b"\n" + body
    if len(octets) > _LARGEST:
        return
    folder = os.path.dirname(path)
    with suppress(OSError, ValueError, Unreadable):
        os.makedirs(folder, 0o700, exist_ok=True)
        if not _own_octets(path):
            _remove(path)  # a link, or what others may write to: its mode would stay
        replace_file(path, octets, _OWN)
        _bound(folder)


def _bound(folder: str) -> None:
    """Let the oldest entries go where there are too many, or too large ones."""
    found = sorted(kept_files(folder), key=lambda each: each[1].st_mtime_ns, reverse=True)
    room = MOST_OCTETS
    for number, (path, status) in enumerate(found):
        room -= status.st_size
        if number >= _MOST_ENTRIES or room < 0:
            _remove(path)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def kept_files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files of the cache, those that a run has begun and never ended among them. Raises OSError."""
    from linter.source.replace import BEGUN

    with os.scandir(folder) as entries:
        for entry in entries:
            if (entry.name.endswith(_SUFFIX) or entry.name.startswith(BEGUN)) and entry.is_file(follow_symlinks=False):
                yield entry.path, entry.stat(follow_symlinks=False)
