"""What a place in SPF means: names that only includes reach, and terms that nobody reads."""

from linter.records.spf import Mechanism, Modifier, Spf


def is_include_target(name: str) -> bool:
    """Whether a name can only be reached by include or redirect: it has an underscore, so no mail comes from it.

    Mail domains are host names (RFC 5321 section 2.3.5), and how such a record ends is of no effect.
    """
    return "_" in name


def dead_terms(spf: Spf) -> tuple[Mechanism, ...]:
    """The mechanisms behind the first `all`, which are never evaluated (RFC 7208 section 5.1)."""
    stop = spf.all_term
    if stop is None:
        return ()
    return tuple(mechanism for mechanism in spf.mechanisms if mechanism.start > stop.start)


def pointer_terms(spf: Spf) -> tuple[Mechanism | Modifier, ...]:
    """The terms that make receivers ask for PTR records: `ptr`, and every `%{p}`."""
    found: list[Mechanism | Modifier] = []
    for term in spf.terms:
        spec = term.domain if isinstance(term, Mechanism) else term.value
        if (term.name == "ptr" and isinstance(term, Mechanism)) or (
            spec is not None and any(macro.letter == "p" for macro in spec.macros)
        ):
            found.append(term)
    return tuple(found)


def authorising_term(spf: Spf) -> Mechanism | Modifier | None:
    """The first term by which somebody may send: a mechanism with "+" or "?" or "~", or a redirect.

    None for `v=spf1 -all` and its like, which authorise nobody.
    """
    for term in spf.terms:
        if isinstance(term, Modifier):
            if term.name == "redirect" and spf.all_term is None:
                return term
        elif term.qualifier == "+":
            return term
        elif term.name == "all":
            return None
    return None
