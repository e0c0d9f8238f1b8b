"""The providers of somebody's own that are known beside the built-in ones: those of the configuration in force.

What is known of vendors is asked for at the bottom of hundreds of questions that know nothing of configurations. So it
is not handed down to each: whoever begins to judge under a configuration says which are in force.
"""

from linter.source.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Provider

_IN_FORCE: "list[tuple[Provider, ...]]" = [()]


def use(own: "tuple[Provider, ...]") -> None:
    """From now on these are known as well."""
    _IN_FORCE[0] = own


def own_providers() -> "tuple[Provider, ...]":
    """Those in force; none in most runs."""
    return _IN_FORCE[0]
