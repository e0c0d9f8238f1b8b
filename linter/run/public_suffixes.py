"""The public suffix list: which names belong to registries, and which to organisations."""


class PublicSuffixes:
    """The public suffix list (publicsuffix.org), loaded at the first question: 50 ms that few runs need."""

    def __init__(self) -> None:
        from publicsuffixlist import PublicSuffixList

        # Only the suffixes of registries: a hosting company's customers publish DMARC for themselves.
        self._list = PublicSuffixList(only_icann=True)
        self._known: dict[str, str] = {}

    def suffix(self, name: str) -> str:
        """The suffix of an absolute name, absolute itself; an unknown top level counts as one."""
        if name not in self._known:
            found = self._list.publicsuffix(name.rstrip("."), accept_unknown=True)
            self._known[name] = f"{found}." if found else name
        return self._known[name]

    def has_top_level(self, name: str) -> bool:
        """Whether a name, without its final dot, ends in a suffix that is in the list."""
        return self._list.publicsuffix(name, accept_unknown=False) is not None
