"""The public suffix list (publicsuffix.org): which names belong to registries, and which to organisations."""

from functools import cache, lru_cache

from linter.source.inputs import of_the_package

_END = "// ===END ICANN DOMAINS==="
_MOST_LABELS = 8
"""More than any rule has: names in hostile files have thousands."""
_LONGEST_LABEL = 63


@cache
def _rules() -> frozenset[str]:
    """The rules for the suffixes of registries, read at the first question and once for all estates.

    A hosting company's customers publish DMARC for themselves, so its suffixes are left out. The package's own parser
    encodes every name, which takes longer than all else of a cold run on one file.
    """
    from publicsuffixlist import PSLFILE

    with open(of_the_package(PSLFILE), encoding="utf-8") as stream:
        # The comments among the lines are no rules: they begin as no name that is asked for does.
        return frozenset(stream.read().partition(_END)[0].split("\n"))


def _length(labels: list[str]) -> int:
    """How many labels the suffix of a name has by the list; 0 where the list knows none."""
    rules, listed = _rules(), [_as_listed(label) for label in labels[-_MOST_LABELS:]]
    for first in range(len(listed)):
        name = ".".join(listed[first:])
        count = len(listed) - first
        if name[:2] == "//":
            continue
        if f"!{name}" in rules:
            return count - 1
        if f"*.{name}" in rules:
            return count + 1 if count < len(labels) else count
        if name in rules:
            return count
    return 0


def _as_listed(label: str) -> str:
    """A label in lower case as the list has it, in its own script."""
    if not label.startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        written = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return label if written.isascii() else written


@lru_cache(65_536)
def public_suffix(name: str) -> str:
    """The suffix of an absolute name, absolute itself; an unknown top level counts as one."""
    labels = name.removesuffix(".").lower().split(".")
    if "" in labels:
        return name
    return ".".join((*labels[-(_length(labels) or 1) :], ""))


def has_top_level(name: str) -> bool:
    """Whether a name, without its final dot, ends in a suffix that is in the list."""
    labels = name.lower().split(".")
    return "" not in labels and _length(labels) > 0
