"""BIMI records: where a domain's logo is, and the certificate for it; no RFC but a draft, named in `KIND`."""

from linter.records.text.fault import Fault
from linter.records.text.tags import Tag, split_tags

from .bimi_value import (
    AVATARS,
    KIND,
    NO_EVIDENCE,
    TAGS,
    Bimi,
    is_bimi,
    is_evidence,
    is_location,
    read_prefixes,
    suffix,
    to_text,
)

__all__ = ["KIND", "Bimi", "is_bimi", "near_miss", "parse", "to_text"]


def near_miss(text: str, at_bimi_name: bool = False) -> Fault | None:
    """The fault of a text that is meant as BIMI but that receivers ignore; None for any other text.

    `at_bimi_name` is whether the text stands below a `_bimi` name: only there is an `l` without any version a
    BIMI record.
    """
    if is_bimi(text) or not (at_bimi_name or "bimi" in text.lower()):
        return None
    from linter.records.text.version_near_miss import misspelt  # most runs have no such text

    return misspelt(text, KIND, at_bimi_name)


def parse(text: str) -> Bimi:
    """Read a record; a text that receivers ignore has a fault that says so and nothing else."""
    tags = split_tags(text)
    named = {tag.name: tag for tag in reversed(tags.tags)}
    location, evidence, avatar, prefixes = (named.get(name) for name in TAGS[1:])
    bimi = Bimi(
        text,
        tags,
        (),
        location.value if location is not None and is_location(location.value) else None,
        "" if evidence is None else evidence.value if is_evidence(evidence.value) else None,
        avatar.value if avatar is not None and avatar.value in AVATARS else "brand",
        tuple(read_prefixes(prefixes.value) or ()) if prefixes is not None else (),
    )
    if bimi.location is not None and bimi.evidence is not None and is_bimi(text) and _is_sound(bimi, named):
        return bimi
    # Loaded here because well-formed records never need it.
    from .bimi_diagnosis import diagnose

    return bimi._replace(faults=diagnose(bimi))


def _is_sound(bimi: Bimi, named: dict[str, Tag]) -> bool:
    """Whether nothing but known tags stand in the record, each once and valid, with a certificate for its logo."""
    text, tags = bimi.text, bimi.tags
    return (
        not tags.empty
        and len(named) == len(tags.tags)
        and named.keys() <= frozenset(TAGS)
        and text.isascii()
        and text.isprintable()
        and ("avp" not in named or named["avp"].value in AVATARS)
        and ("lps" not in named or read_prefixes(named["lps"].value) is not None)
        and (bimi.location == "" or (bimi.evidence != "" and suffix(bimi.evidence or "") not in NO_EVIDENCE))
    )
