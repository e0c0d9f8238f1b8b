"""The files of a plan's steps: written into folders, or as one git commit for each step."""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping

from linter.plan.planned import Planned, Step
from linter.records.text.name import slug
from linter.source.frozen import Frozen
from linter.source.replace import replace_file

_ENCODING = "utf-8"


class CannotWrite(Exception):
    """Why the files are not written, in words for the user."""


class Written(Frozen):
    """One step that was written, and where: a folder, or a commit."""

    step: Step
    place: str


def writable(planned: Planned) -> tuple[Step, ...]:
    """The steps up to the first that lacks a value. Raises CannotWrite where a step must not be done."""
    if planned.refusals:
        raise CannotWrite(f"the plan has {len(planned.refusals)} refusals; nothing is written")
    found = []
    for step in planned.steps:
        if step.missing:
            break
        found.append(step)
    return tuple(found)


def part_of_path(text: str) -> str:
    """A text as a part of a file's or a branch's name."""
    return slug(text)[:60].rstrip("-") or "step"


def write_folders(planned: Planned, folder: str, base: str) -> Iterator[Written]:
    """One folder for each step, with all files of the zones as they then are. Raises CannotWrite, Unreadable, OSError.

    Paths are relative to `base`. Nothing that exists is written over.
    """
    steps = writable(planned)
    places = [os.path.join(folder, f"{number:02}-{part_of_path(step.title)}") for number, step in enumerate(steps, 1)]
    taken = [place for place in places if os.path.lexists(place)]
    if taken:
        raise CannotWrite(f"`{taken[0]}` exists; name another folder, or remove it")
    for step, place in zip(steps, places, strict=True):
        for path in _files(step):
            target = os.path.join(place, _inside(path, base))
            if os.path.lexists(target):
                raise CannotWrite(f"two files of the zones would be `{target}`; move the plan to a folder above both")
            os.makedirs(os.path.dirname(target), exist_ok=True)
            replace_file(target, _octets(path, step.texts))
        yield Written(step, place)


def _files(step: Step) -> list[str]:
    """The files of all zones at a step, and those of policies that differ."""
    built = step.moments[-1].built
    paths = {document.source.path for zone in built.facts for document, _ in built.documents(zone)}
    return sorted({*paths, *step.texts})


def _inside(path: str, base: str) -> str:
    relative = os.path.relpath(path, base or ".")
    return os.path.basename(path) if relative.startswith(os.pardir) or os.path.isabs(relative) else relative


def _octets(path: str, texts: Mapping[str, str]) -> bytes:
    text = texts.get(path)
    if text is not None:
        return text.encode(_ENCODING)
    with open(path, "rb") as stream:
        return stream.read()


def write_branch(planned: Planned, base: str) -> Iterator[Written]:
    """One commit for each step, in a new branch; neither work tree nor index are touched. Raises CannotWrite."""
    steps = writable(planned)
    if not steps:
        raise CannotWrite("no step has files to commit")
    root = _git(base, "rev-parse", "--show-toplevel").strip()
    head = _git(root, "rev-parse", "HEAD").strip()
    branch = f"plan/{part_of_path(planned.plan.title)}"
    if _has(root, f"refs/heads/{branch}"):
        raise CannotWrite(f"there is a branch `{branch}` already; rename the plan, or delete the branch")
    paths = sorted({path for step in steps for path in step.texts})
    _same_as_head(root, paths)
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
        _git(root, "read-tree", head, extra=index)
        before: Mapping[str, str] = {}
        for step in steps:
            changed = {path: text for path, text in step.texts.items() if before.get(path) != text}
            before = step.texts
            if changed:
                head = _committed(root, head, step, changed, index)
                yield Written(step, head[:12])
    _git(root, "update-ref", "-m", "mailzone plan", f"refs/heads/{branch}", head, "0" * 40)


def _committed(root: str, head: str, step: Step, changed: Mapping[str, str], index: Mapping[str, str]) -> str:
    for path, text in sorted(changed.items()):
        blob = _git(root, "hash-object", "-w", "--stdin", given=text.encode(_ENCODING)).strip()
        _git(root, "update-index", "--add", "--cacheinfo", f"100644,{blob},{_in_git(root, path)}", extra=index)
    tree = _git(root, "write-tree", extra=index).strip()
    declared = "".join(f"\nDeclare with it, {line}\n" for line in step.declare)
    message = f"{step.title[:68]}\n\n{step.reason}\n{declared}\nStep {step.id}; {', '.join(step.laws)}\n"
    return _git(root, "commit-tree", tree, "-p", head, given=message.encode(_ENCODING)).strip()


def _in_git(root: str, path: str) -> str:
    return os.path.relpath(os.path.realpath(path), os.path.realpath(root)).replace(os.sep, "/")


def _same_as_head(root: str, paths: Iterable[str]) -> None:
    """Raise CannotWrite where a file is not as it was committed: the commits would undo what is not."""
    for path in paths:
        name = _in_git(root, path)
        held = subprocess.run(_command(root, "show", f"HEAD:{name}"), capture_output=True, check=False)
        if held.returncode or held.stdout != _octets(path, {}):
            raise CannotWrite(f"`{name}` is not as in the last commit; commit it first")


def _has(root: str, name: str) -> bool:
    command = _command(root, "show-ref", "--verify", "--quiet", name)
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _command(root: str, *words: str) -> list[str]:
    quiet = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false")
    return ["git", "-C", root or ".", *quiet, *words]


def _git(root: str, *words: str, given: bytes = b"", extra: Mapping[str, str] | None = None) -> str:
    """What git says. Raises CannotWrite with its own words."""
    try:
        ran = subprocess.run(
            _command(root, *words), input=given, capture_output=True, check=False, env={**os.environ, **(extra or {})}
        )
    except OSError as error:
        raise CannotWrite(f"git cannot be run: {error.strerror}") from error
    if ran.returncode:
        raise CannotWrite(f"git: {ran.stderr.decode(_ENCODING, 'replace').strip() or words[0]}")
    return ran.stdout.decode(_ENCODING, "replace")
