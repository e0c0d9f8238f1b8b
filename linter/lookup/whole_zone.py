"""A whole zone as its server sent it, answering single questions as that server would (RFC 1034 section 4.3.2)."""

from collections.abc import Iterator, Mapping

from linter.records.text.name import ancestors, is_under

from .served import ALIAS, NO_DATA, REFERRAL, Pair, Said


class WholeZone(Mapping[Pair, Said]):
    """Record sets by name and type; a wildcard's stand at the label `probe`, as if somebody had asked for it.

    Every question has an answer: what is not in the zone is not there. Iterating gives the sets of the zone.
    """

    def __init__(self, zone: str, sets: Mapping[Pair, Said], probe: str) -> None:
        self._zone = zone
        self._sets = dict(sets)
        self._probe = probe
        self._names: set[str] = {zone}
        for name, _ in self._sets:
            for above in ancestors(name, zone):
                if above in self._names or not is_under(above, zone):
                    break
                self._names.add(above)

    def __getitem__(self, pair: Pair) -> Said:
        name, kind = pair
        if not is_under(name, self._zone):
            raise KeyError(pair)
        cut = self._cut(name)
        if cut is not None and not (cut == name and kind in ("NS", "DS")):
            return self._sets[cut, "NS"]._replace(status=REFERRAL)
        if name in self._names:
            return self._at(name, kind)
        encloser = next(above for above in ancestors(name, self._zone) if above in self._names)
        return self._at(f"{self._probe}.{encloser}", kind)

    def _at(self, name: str, kind: str) -> Said:
        found = self._sets.get((name, kind))
        if found is not None:
            return found
        alias = self._sets.get((name, "CNAME"))
        return Said(NO_DATA) if alias is None else alias._replace(status=ALIAS)

    def _cut(self, name: str) -> str | None:
        """The delegation at or above a name, the one nearest to the apex."""
        found = None
        for above in ancestors(name, self._zone)[:-1]:
            if (above, "NS") in self._sets:
                found = above
        return found

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._sets)

    def __len__(self) -> int:
        return len(self._sets)
