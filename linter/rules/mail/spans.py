"""Where findings about declared mail stand, and how names are shown in them."""

from linter.facts.mail.sender_spf import place_for_term
from linter.intent.model import Mail, Word
from linter.records.text.name import shown
from linter.source.text import Span
from mailzone import Facts, Related


def declared(mail: Mail) -> str:
    """What to say of the place of a declaration."""
    return f"declared here for {shown(mail.name.text)}"


def origin(word: Word, mail: Mail) -> Related:
    """The word that says what is wanted, as a second place."""
    return Related(word.span, declared(mail))


def name_place(facts: Facts, name: str) -> Span | None:
    """Where a name of the zone is written; None where it has no records."""
    for records in facts.index.names.get(name, {}).values():
        for record in records:
            return record.name_span
    return None


def spf_end(facts: Facts, domain: str) -> Span | None:
    """The place in a domain's SPF record where a term is to be added; None where the record is not in this zone."""
    texts = facts.spf_by_name.get(domain, ())
    return texts[0].value.part(*place_for_term(texts[0].spf)) if texts else None
