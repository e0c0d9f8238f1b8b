"""All providers, and whose a name is: MX hosts, SPF targets, DKIM targets, autodiscover hosts."""

import os
from collections.abc import Iterable, Mapping

from linter import RELEASED
from linter.source.frozen import Frozen
from linter.source.inputs import of_the_package
from linter.source.typed import TYPE_CHECKING

from .in_force import own_providers
from .pattern import NamePattern, pattern_of, suffixes

if TYPE_CHECKING:
    from .evidence import Retired
    from .model import Fact, Provider, Recognised

DATA = "catalogue.json"
"""All of policies/providers in one file beside this one: reading seventy YAML files takes forty times as long."""


class _Row(Frozen):
    pattern: NamePattern
    provider: "Provider"
    fact: "Fact"


class _Table:
    """Patterns found by their last labels; the longest that matches counts, an exact one before all."""

    def __init__(self, rows: "Iterable[tuple[str, Provider, Fact]]") -> None:
        self._rows: dict[str, list[_Row]] = {}
        for text, provider, fact in rows:
            pattern = pattern_of(text)
            self._rows.setdefault(pattern.suffix, []).append(_Row(pattern, provider, fact))

    def find(self, name: str) -> _Row | None:
        """The row of a name, in any case and with or without a final dot."""
        bare = name.lower().removesuffix(".")
        if len(bare) > 253:
            return None
        for suffix in suffixes(bare):
            found = [row for row in self._rows.get(suffix, ()) if row.pattern.matches(bare)]
            if found:
                return max(found, key=lambda row: len(row.pattern.text))
        return None


class Catalogue:
    """Every provider by its key, and the tables to recognise one by.

    `below` is a catalogue that counts before this one in all that it has confirmed.
    """

    def __init__(self, providers: "Iterable[Provider]", below: "Catalogue | None" = None) -> None:
        self._own = tuple(providers)
        self._below = below
        held = (*below.providers.values(), *self._own) if below is not None else self._own
        self.providers: Mapping[str, Provider] = {provider.key: provider for provider in held}
        self._aliases = {alias: provider for provider in self.providers.values() for alias in provider.aliases}
        self._tables: dict[str, _Table] = {}

    def called(self, name: str) -> "Provider | None":
        """Whose key or alias a name is, in any case: `Office 365` is microsoft-365, as `o365` is."""
        key = "-".join(name.lower().replace("_", " ").split())
        return self.providers.get(key) or self._aliases.get(key)

    def names(self) -> tuple[str, ...]:
        """All keys and aliases, to find the one that was meant."""
        return (*self.providers, *self._aliases)

    def of_mx(self, host: str) -> "Recognised | None":
        """Whose mail host this is: that of an MX record."""
        return self._recognised("mx", host, "a mail host")

    def of_spf(self, target: str) -> "Recognised | None":
        """Whose name an `include:`, `redirect=`, `a:` or `exists:` of SPF leads to."""
        return self._recognised("spf", target, "an SPF record")

    def of_dkim_target(self, name: str) -> "Recognised | None":
        """Whose DKIM key the CNAME of a selector leads to."""
        return self._recognised("dkim", name, "a DKIM key")

    def of_autodiscover(self, name: str) -> "Recognised | None":
        """Whose mailboxes the target of an autodiscover record serves."""
        return self._recognised("autodiscover", name, "an autodiscover host")

    def of_shared_key(self, base64: str) -> "Provider | None":
        """Who gives a DKIM key, the base64 of its `p=` without blanks, to all customers."""
        held = (each for each in self.providers.values() for key in each.shared_keys if key.key == base64)
        return next(held, None)

    def retired(self, kind: str, name: str) -> "tuple[Provider, Retired] | None":
        """Who has withdrawn a name, and what is known of it; for report addresses, also of a name below."""
        bare = name.lower().removesuffix(".")
        names = suffixes(bare) if kind == "report-address" else [bare]
        for provider in self.providers.values():
            for retired in provider.retired:
                if retired.kind == kind and retired.name in names:
                    return provider, retired
        return None

    def _recognised(self, kind: str, name: str, what: str) -> "Recognised | None":
        known = self._below._recognised(kind, name, what) if self._below is not None else None
        if known is not None and known.confirmed:
            return known
        if kind not in self._tables:
            rows = ((text, owner, fact) for owner in self._own for text, fact in patterns(kind, owner))
            self._tables[kind] = _Table(rows)
        row = self._tables[kind].find(name)
        if row is None:
            return known
        from .model import Recognised

        shown, pattern = name.lower().removesuffix("."), row.pattern.text
        by = "" if row.pattern.exact else f" (`{pattern}`)"
        return Recognised(row.provider, kind, f"`{shown}` is {what} of {row.provider.name}{by}", row.fact)


def patterns(kind: str, provider: "Provider") -> "Iterable[tuple[str, Fact]]":
    """The patterns of one kind that a provider has."""
    if kind == "mx":
        return ((each.host, each) for each in provider.mx)
    if kind == "spf":
        return ((each.target, each) for each in provider.spf if "%" not in each.term and not each.owner)
    if kind == "dkim":
        return ((each.target, each) for each in provider.dkim if each.target and not each.owner)
    return ((each.target, each) for each in provider.clients if each.kind == "autodiscover")


_loaded: list[Catalogue] = []
_together: "list[tuple[tuple[Provider, ...], Catalogue]]" = []


def catalogue() -> Catalogue:
    """All providers that are known: those that come with mailzone, and those of somebody's own that are in force."""
    own = own_providers()
    if not own:
        return built_in()
    if not _together or _together[0][0] is not own:
        _together[:] = [(own, Catalogue(own, built_in()))]
    return _together[0][1]


def built_in() -> Catalogue:
    """The catalogue that comes with mailzone; read at the first call."""
    if not _loaded:
        import json  # most zones have nothing for which a vendor must be known

        from .document import provider_of

        path = of_the_package(os.path.join(os.path.dirname(os.path.abspath(__file__)), DATA))
        with open(path, encoding="utf-8") as file:
            _loaded.append(Catalogue(provider_of(document, RELEASED) for document in json.load(file)))
    return _loaded[0]
