"""What declared mail lacks, as changes of whole sets, with all else kept."""

from collections.abc import Mapping

import pytest

from linter.edit.change import CannotEdit
from linter.facts.mail.declared_mail import declared_mail
from linter.facts.mail.record_changes import changes_of, kept_beside, lacking_sets
from linter.facts.mail.required import required

from ..zones import facts_of

HEAD = "zone: example.com\nsystems: {one: {receives: [mx.one.example], spf: ip4:192.0.2.1}}\n"
MAIL = HEAD + "mail: {example.com: {receives: one, sends: [one]}}\nrecords:\n"
NAME = "example.com."


def changes(records: str, held: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The new values of each type at the zone's name."""
    facts = facts_of(MAIL + records)
    mail = declared_mail(facts)
    sets = lacking_sets(required(facts, mail.entries[0]))
    made = [change for pair, wanted in sets.items() if pair[0] == NAME for change in changes_of(pair, wanted, held)]
    return {change.type: change.values for change in made}


def test_what_is_missing_is_put_beside_what_is_there() -> None:
    held = {(NAME, "TXT"): ("token=x",)}
    found = changes("  '': {type: TXT, value: token=x}\n", held)

    assert found["MX"] == ("10 mx.one.example.",)
    assert found["TXT"] == ("token=x", "v=spf1 ip4:192.0.2.1 -all")


def test_an_alias_is_in_the_way() -> None:
    with pytest.raises(CannotEdit, match="alias"):
        changes("  a: {type: A, value: 192.0.2.1}\n", {(NAME, "CNAME"): ("x.example.",)})


@pytest.mark.parametrize(
    ("wildcard", "kept"),
    [("'*': {type: A, value: 192.0.2.1}\n", [("a.example.com.", "A")]), ("b: {type: A, value: 192.0.2.1}\n", [])],
)
def test_what_a_wildcard_says_is_kept(wildcard: str, kept: list[tuple[str, str]]) -> None:
    index = facts_of(wildcard).index
    found = kept_beside(index, "s._domainkey.a.example.com.", [("s._domainkey.a.example.com.", "TXT")])

    assert [(change.name, change.type) for change in found] == kept
