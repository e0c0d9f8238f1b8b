"""The public suffix list (publicsuffix.org): which names belong to registries, and which to organisations."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@cache
def _list() -> "PublicSuffixList":
    """The list, read at the first question and once for all estates: 50 ms that few runs need."""
    from publicsuffixlist import PublicSuffixList

    # Only the suffixes of registries: a hosting company's customers publish DMARC for themselves.
    return PublicSuffixList(only_icann=True)


@lru_cache(65_536)
def public_suffix(name: str) -> str:
    """The suffix of an absolute name, absolute itself; an unknown top level counts as one."""
    found = _list().publicsuffix(name.rstrip("."), accept_unknown=True)
    return f"{found}." if found else name


def has_top_level(name: str) -> bool:
    """Whether a name, without its final dot, ends in a suffix that is in the list."""
    return _list().publicsuffix(name, accept_unknown=False) is not None
