"""The manuals of rules as they are published: one page for each in docs/rules, which the wheel holds as well."""

import os
from collections.abc import Iterable
from functools import cache

from linter import HOMEPAGE
from linter.source.inputs import of_the_package, shipped

_ELSEWHERE: dict[str, str] = {}


def lie_in(folder: str, names: Iterable[str]) -> None:
    """Know the pages of other people's rules, which lie in a folder of theirs."""
    _ELSEWHERE.update(dict.fromkeys(names, folder))


def names() -> frozenset[str]:
    """The names of all our own rules: each has a page."""
    return frozenset(name.removesuffix(".md") for name in os.listdir(_folder()) if name.endswith(".md"))


def manual(name: str) -> str:
    """The page of a rule without its heading. Raises FileNotFoundError where there is none."""
    path = of_the_package(os.path.join(_ELSEWHERE.get(name) or _folder(), f"{name}.md"))
    with open(path, encoding="utf-8") as stream:
        return without_heading(stream.read(), name)


def without_heading(page: str, name: str) -> str:
    """A page as it is read, without the line that names its rule."""
    heading, _, text = page.partition("\n")
    return text.strip() if heading == f"# {name}" else page.strip()


def url_of(name: str) -> str:
    """Where the page of a rule of ours is published; "" for any other."""
    return f"{HOMEPAGE}/blob/main/docs/rules/{name}.md" if name not in _ELSEWHERE and name in names() else ""


def summary(name: str) -> str:
    """The fault in one sentence: the first line of the manual."""
    return manual(name).partition("\n")[0]


@cache
def _folder() -> str:
    return shipped("docs", "rules")
