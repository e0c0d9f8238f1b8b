"""What is found in the place of a record, as text."""

from linter.facts.mail.in_place import presented, srv_text
from linter.lookup.answer import FOUND, Answer, Exchange
from linter.zone.model import Srv

from ..zones import facts_of


def test_answers_as_text() -> None:
    assert presented(Answer(FOUND, (Exchange(10, "mx.example."), Exchange(0, ".")))) == ("10 mx.example.", "0 .")
    assert presented(Answer(FOUND, ("v=spf1 -all",))) == ("v=spf1 -all",)


def test_a_service_as_text() -> None:
    zone = "_imaps._tcp: {type: SRV, value: {priority: 1, weight: 2, port: 993, target: Imap.example.com.}}\n"
    (record,) = facts_of(zone).records("SRV")
    (value,) = record.values
    assert isinstance(value, Srv)

    assert srv_text(value) == "1 2 993 imap.example.com."
