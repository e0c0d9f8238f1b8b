"""Questions to git about a repository: asked without a shell, in bounds, and so that nothing in it is run."""

import os
from collections.abc import Iterator, Sequence

from linter.source.frozen import Frozen
from linter.source.inputs import ASKED_GIT, looked_for, note_octets, stop_recording

MOST_OCTETS = 64 * 1024 * 1024
"""More than the names of two hundred thousand files."""
_MOST_OF_A_LINE = 1000


class Staged(Frozen):
    """A path that is to be committed, from the working folder on; `is_gone` is whether it is deleted."""

    path: str
    is_gone: bool


def ask_git(folder: str, *arguments: str, is_hook: bool = False) -> bytes | None:
    """What git says in a folder; None where it is missing, refuses, takes too long, or says too much.

    `is_hook` is whether what git tells a hook by its environment counts: which index is to be committed.
    """
    said = answer_of_git(folder, *arguments, is_hook=is_hook)
    note_octets((ASKED_GIT, folder, "hook" if is_hook else "", *arguments), said)
    return said


def answer_of_git(folder: str, *arguments: str, is_hook: bool = False) -> bytes | None:
    """The same without a note of it."""
    from .git_process import asked  # few runs have a question for git

    with asked(folder, arguments, None, is_hook) as process:
        if process is None:
            return None
        octets: bytes = process.stdout.read(MOST_OCTETS + 1)
        if len(octets) > MOST_OCTETS:
            process.kill()
    return octets if process.returncode == 0 else None


def blobs(folder: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of blobs by their names, in their order; it ends at the first that git does not have.

    Octets as they were committed: no filter and no program that a repository configures changes them.
    """
    from tempfile import TemporaryFile

    from .git_process import asked

    stop_recording()
    with TemporaryFile() as given:  # no pipe that both ends could wait at
        given.write("".join(f"{name}\n" for name in names).encode())
        given.seek(0)
        with asked(folder, ("cat-file", "--batch"), given, False) as process:
            for name in names if process is not None else ():
                words = process.stdout.readline(_MOST_OF_A_LINE).split()
                if len(words) != 3 or words[1] != b"blob" or not words[2].isdigit():
                    process.kill()
                    return
                octets = process.stdout.read(int(words[2]))
                if process.stdout.read(1) != b"\n":
                    return
                yield name, octets


def staged(folder: str) -> list[Staged] | None:
    """What is to be committed in the repository of a folder; None where git does not say."""
    top = ask_git(folder, "rev-parse", "--show-toplevel", is_hook=True)
    flags = ("--cached", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=dirty")
    said = ask_git(folder, "diff", *flags, is_hook=True)
    if top is None or said is None:
        return None
    root = os.fsdecode(top.removesuffix(b"\n"))
    words = said.split(b"\0")
    pairs = zip(words[::2], words[1::2], strict=False)
    return [Staged(os.path.relpath(os.path.join(root, os.fsdecode(path))), status == b"D") for status, path in pairs]


def committed(path: str, most: int) -> bytes | None:
    """At most `most` octets of what a file was in the last commit; None where git does not say."""
    folder, name = os.path.split(path)
    while folder and not os.path.isdir(looked_for(folder)):
        folder, above = os.path.split(folder)
        name = f"{above}/{name}"
    said = ask_git(folder, "cat-file", "blob", f"HEAD:./{name}")
    return said[:most] if said is not None else None


def files_called(name: str, folder: str) -> list[str]:
    """The files of one name in the repository of a folder that are tracked or would be, from that folder on."""
    said = ask_git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", f":(top,glob)**/{name}")
    return [os.path.join(folder, os.fsdecode(path)) for path in (said or b"").split(b"\0") if path]


class Ignored:
    """Which files and folders git neither tracks nor would track, by real path; each repository is asked once.

    Where git does not say, none.
    """

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._found: set[str] = set()

    def look_into(self, root: str) -> None:
        """Ask about the repository whose root this is, if it is one."""
        if root in self._asked or not os.path.lexists(looked_for(os.path.join(root, ".git"))):
            return
        self._asked.add(root)
        flags = ("--others", "--ignored", "--exclude-standard", "--directory")
        said = ask_git(root, "ls-files", "-z", *flags) or b""
        self._found.update(os.path.join(root, os.fsdecode(path).rstrip("/")) for path in said.split(b"\0") if path)

    def holds(self, real: str) -> bool:
        """Whether git leaves out a file or folder, the folders above it aside."""
        return real in self._found
