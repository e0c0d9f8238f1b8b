"""Which files may be read: of a repository nothing that lies outside it, wherever a path or a link in it leads."""

import errno
import os
import stat

from .frozen import Frozen
from .inputs import looked_for

OUTSIDE = "a link leads outside the repository and is not followed"
"""Why a file is not read; said alike whatever is or is not there."""
GIT = ".git"
"""What makes a folder a repository. What lies in it belongs to no repository: it may hold the token of a job."""
_MOST_LINKS = 40
"""Links on the way to one file, as Linux counts them."""


class Outside(Exception):
    """A link in a repository leads out of it."""


class Followed(Frozen):
    """Where a path leads: the place without links, and whether a repository holds a link on the way there."""

    place: str
    is_bound: bool


def repository_root(folder: str) -> str:
    """The real path of the repository that a folder belongs to; nothing outside is read on behalf of its files.

    Without one it is the folder that the command runs in, where the folder lies in that one, else the folder itself.
    """
    real = os.path.realpath(folder or ".")
    return _root_above(real) or real


def working_folder() -> str:
    """The real path of the folder that the command runs in, "" where it was deleted."""
    try:
        return os.path.realpath(os.getcwd())
    except OSError:
        return ""


def is_in_repository(path: str) -> bool:
    """Whether a path, links followed, lies in any repository, or in the folder that the command runs in."""
    return bool(_root_above(os.path.realpath(path)))


def lies_in(path: str, root: str) -> bool:
    """Whether a path, links followed, lies below a folder and not in its `.git`; it need not exist."""
    try:
        return _is_below(os.path.realpath(looked_for(path)), os.path.realpath(root))
    except ValueError:  # a null character
        return False


def followed(path: str, own: str = "") -> Followed:
    """Where a path leads. Raises Outside, OSError for a circle of links, ValueError for a null character.

    A path may be spelled as its user likes, and lead outside. But no link that lies in a repository may lead out of
    it, be it the last part of the path, a folder on the way, or what another link leads to. Links that lie in no
    repository are their user's own, but those in the folder `own` may not lead out of that one.
    """
    place = os.sep if path.startswith(os.sep) else os.getcwd()
    left = path.split(os.sep)[::-1]
    bounds: list[str] = []
    links = 0
    while left:
        name = left.pop()
        if name == os.pardir:
            place = os.path.dirname(place)
        elif name not in ("", os.curdir):
            below = f"{place}{os.sep}{name}" if place != os.sep else f"{os.sep}{name}"
            target = _target(below)
            if not target:
                place = below
                continue
            links += 1
            if links > _MOST_LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
            bounds.append(_root_above(place) or _own_root(place, own))
            left += target.split(os.sep)[::-1]
            place = os.sep if target.startswith(os.sep) else place
    if not bounds:
        return Followed(place, False)
    roots = set(bounds) - {""}
    if not all(_is_below(place, root) or place == root for root in roots):
        raise Outside(path)
    return Followed(place, bool(roots))


def leads_outside(path: str, own: str = "") -> bool:
    """Whether a link in the repository leads out of it on the way to this path, which need not exist."""
    try:
        followed(looked_for(path), own)
    except Outside:
        return True
    except (OSError, ValueError):
        return False
    return False


def _target(path: str) -> str:
    """What a link says; "" for what is not a link, or is not there."""
    try:
        # Most are none, and an error costs more than a question.
        return os.readlink(looked_for(path)) if stat.S_ISLNK(os.lstat(path).st_mode) else ""
    except OSError:
        return ""


def _own_root(place: str, own: str) -> str:
    real = os.path.realpath(own) if own else ""
    return real if real and (place == real or _is_below(place, real)) else ""


def _root_above(real: str) -> str:
    """The repository above a real path, else the working directory above it; "" where there is neither."""
    current = real
    while not os.path.lexists(looked_for(os.path.join(current, GIT))):
        above = os.path.dirname(current)
        if above == current:
            return _working_folder_above(real)
        current = above
    return current


def _working_folder_above(real: str) -> str:
    try:
        here = os.getcwd()
    except OSError:  # it was deleted
        return ""
    # The folder of all folders, and that of all a person has, make no repository.
    if here in (os.path.dirname(here), os.path.realpath(os.path.expanduser("~"))):
        return ""
    return here if real == here or _is_below(real, here) else ""


def _is_below(real: str, root: str) -> bool:
    top = root.rstrip(os.sep) + os.sep
    return real.startswith(top) and GIT not in real[len(top) :].lower().split(os.sep)[:-1]
