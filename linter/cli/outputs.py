"""Where output goes: `--format NAME[=FILE]`, as often as it is given, and every other file that a command writes."""

import os
import sys

from linter.records.text.fault import did_you_mean, one_of, quoted
from linter.report.shown import shown
from linter.run.refused import Refused
from linter.source.file import Unreadable
from linter.source.frozen import Frozen
from linter.source.inputs import is_input
from linter.source.repository import repository_root
from linter.source.typed import Callable, Iterable, Sequence

from .streams import say, write_lines, write_out
from .tape import ERROR, FILE, OUTPUT, Piece, taped

STANDARD_OUTPUT = "-"


class Output(Frozen):
    """One report: its format, and the file it is written into, "" for standard output.

    With `is_aside` it goes to standard error, for standard output has something else. With `is_beside` it says again
    what another report to the same place has said.
    """

    name: str
    file: str
    is_aside: bool = False
    is_beside: bool = False


def report_outputs(given: Sequence[str] | None, other: str | None = None) -> tuple[Output, ...]:
    """What the options ask for; without any, text, with annotations after it in a workflow of GitHub. Raises Refused.

    `other` is as in `outputs`.
    """
    from linter.report.formats import FORMATS  # who says again what an earlier run has said asks for none

    if given:
        return outputs(given, FORMATS, other)
    is_aside = other == STANDARD_OUTPUT
    text = Output(FORMATS[0], "", is_aside)
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return (text,)
    return (text, Output("github", "", is_aside, is_beside=True))


def outputs(given: Sequence[str] | None, formats: tuple[str, ...], other: str | None = None) -> tuple[Output, ...]:
    """What the options ask for; without any, the first format. Raises Refused.

    `other` is a file that the command writes beside its reports, `-` for standard output.
    """
    found = []
    for each in given or formats[:1]:
        name, is_file, file = each.partition("=")
        if name not in formats:
            raise Refused(
                f"there is no format {quoted(name)}; expected one of {one_of(formats)}{did_you_mean(name, formats)}"
            )
        if is_file and not file:
            raise Refused(f"`-f {each}` names no file; `-f {name}=-` is standard output")
        found.append(Output(name, "" if file == STANDARD_OUTPUT else file))
    if sum(1 for output in found if not output.file) > (other != STANDARD_OUTPUT):
        what = "two outputs" if other == STANDARD_OUTPUT else "two formats"
        raise Refused(f"{what} for standard output; give one of them a file: `-f json=FILE`")
    others = [other] if other and other != STANDARD_OUTPUT else []
    refuse_one_file_for_two([*(output.file for output in found if output.file), *others])
    return tuple(found)


def refuse_one_file_for_two(files: list[str]) -> None:
    """Raises Refused where two files are one, however they are spelled."""
    for number, file in enumerate(files):
        for other in files[:number]:
            if _place(file) == _place(other) or is_same(file, other):
                raise Refused(f"two outputs for one file, {file}; give each its own file")


def _place(path: str) -> str:
    folder, name = os.path.split(path)
    try:
        return os.path.join(os.path.realpath(folder), name)
    except ValueError:  # a null character, which no file has
        return path


def is_same(path: str, other: str) -> bool:
    """Whether two paths are names of one file."""
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        return False


def write_report(lines: Iterable[str], output: Output) -> bool:
    """Write a report; whether that was possible."""
    if output.file:
        return write_piece((FILE, output.file, "".join(f"{line}\n" for line in lines)))
    where, stream = (ERROR, sys.stderr) if output.is_aside else (OUTPUT, sys.stdout)
    return _is_written(where, "", lambda: write_lines(lines, stream))


def write_piece(piece: Piece) -> bool:
    """Write what was written before to where it went; whether that was possible."""
    where, path, text = piece
    if where != FILE:
        return _is_written(where, "", lambda: write_out(text, sys.stderr if where == ERROR else sys.stdout))
    taped(piece)
    return _is_written(where, path, lambda: write_file(path, text))


def _is_written(where: str, path: str, write: Callable[[], None]) -> bool:
    try:
        write()
    except Unreadable as error:
        say(shown(f"cannot write {path}: {error.reason}"))
        return False
    except OSError as error:
        say(f"cannot write standard {where}: {error.strerror or error}")
        return False
    return True


def write_file(path: str, text: str | bytes | Iterable[str], own: bool = False) -> None:
    """Write a file whole or not at all. Raises Unreadable where that cannot be or must not be.

    Nothing is written through a link or in the place of what is not a regular file, nor of a file that the run has
    read. With `own` the file itself may be read under this path: to change it is what the command is for.
    """
    from linter.source.replace import replace_file  # most runs write no file

    _refuse_place(path, own)
    replace_file(path, text)


def try_file(path: str, own: bool = False) -> None:
    """Whether a file can be written as far as is known by now, before long work is done. Raises Unreadable."""
    from linter.source.replace import try_place

    _refuse_place(path, own)
    try_place(path)


def _refuse_place(path: str, own: bool) -> None:
    from linter.source.replace import replaceable

    status = replaceable(path)
    if _leads_out(path):
        raise Unreadable(path, "is behind a link that points out of the repository, and is not written")
    if status is None:
        return
    if is_input(status, path if own else ""):
        raise Unreadable(path, "is a file that this command reads, and is not written over")
    for number, name in ((0, "input"), (1, "output"), (2, "error")):
        if _is_stream(number, status):
            raise Unreadable(path, f"is what standard {name} is connected to, and is not replaced")


def below_root(path: str) -> str:
    """A path as seen from the root of the repository that this runs in, with slashes, links followed.

    One that lies elsewhere is absolute; what is not a path (`<stdin>`) and what cannot be followed is as it was given.
    """
    if not path or (path.startswith("<") and not os.path.lexists(path)):
        return path
    try:
        real, root = os.path.realpath(path), os.path.join(os.path.realpath(repository_root("")), "")
    except (OSError, ValueError):
        return path
    return real[len(root) :].replace(os.sep, "/") if real.startswith(root) else real


def _is_stream(number: int, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.fstat(number), status)
    except OSError:
        return False


def _leads_out(path: str) -> bool:
    """Whether a path in this repository, links in it followed, lies outside: its name has no say in what is outside."""
    try:
        root = os.path.join(os.path.realpath(repository_root("")), "")
        inside = os.path.abspath(path).startswith(root)
        return inside and not os.path.join(os.path.realpath(os.path.dirname(path)), "").startswith(root)
    except (OSError, ValueError):
        return False  # what is wrong with it is told when it is opened
