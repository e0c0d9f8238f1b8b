"""The JSON Schema of what `providers -f json` prints: the list of vendors, or what one of them needs."""

from linter.source.typed import Any

from .schema_shapes import COUNT, FLAG, MAYBE_TEXT, TEXT, TEXTS, VERSION, WHEN, a_list, an_object, or_null, ref


def vendors() -> dict[str, Any]:
    """The list of vendors."""
    return an_object(description="of `providers`", version=VERSION, providers=a_list(an_object(**_head())))


def vendor() -> dict[str, Any]:
    """What one vendor needs."""
    witness = or_null(ref("evidence"))
    about = an_object(
        **_head(),
        docs=TEXT,
        note=TEXT,
        no_spf=MAYBE_TEXT,
        records=a_list(_need(witness)),
        parameters=a_list(an_object(name=TEXT, what=TEXT, shown=TEXT, values=TEXTS, others=FLAG)),
        manual=a_list(
            an_object(key=TEXT, what=TEXT, where=TEXT, when=WHEN, concerns=TEXT, evidence=witness),
        ),
        retired=a_list(
            an_object(kind=TEXT, name=TEXT, since=TEXT, successor=TEXT, reason=TEXT, works=FLAG, evidence=witness),
        ),
        reports=a_list(an_object(domain=TEXT, evidence=witness)),
    )
    said = "of `providers NAME`, as it would be for `domain`; null is what is not known"
    return an_object(description=said, version=VERSION, domain=TEXT, provider=about)


def _head() -> dict[str, Any]:
    return {"provider": TEXT, "name": TEXT, "aliases": TEXTS, "roles": TEXTS, "receives": FLAG, "sends": FLAG}


def _need(witness: dict[str, Any]) -> dict[str, Any]:
    kind: Any = {"for": TEXT}
    return an_object(
        **kind,
        name=TEXT,
        type=MAYBE_TEXT,
        value=MAYBE_TEXT,
        preference={"type": ["integer", "null"]},
        number=COUNT,
        optional=FLAG,
        complete=FLAG,
        look_up=MAYBE_TEXT,
        assumes=MAYBE_TEXT,
        evidence=witness,
    )
