"""The severities that rules are listed with are those that they give."""

from linter.rules import pages
from linter.rules.known import listed, options_of, summary_of
from linter.rules.manual import sections
from linter.rules.registry import all_rules
from linter.rules.severities import OTHERS

from .conftest import CheckZone


def test_every_other_severity_is_of_a_rule_and_another_one() -> None:
    known = {rule.name: rule.severity for rule in all_rules()}

    assert set(OTHERS) <= set(known)
    for name, others in OTHERS.items():
        assert known[name] not in [severity for severity, _ in others]


def test_every_rule_refers_to_what_says_so() -> None:
    assert [rule.name for rule in all_rules() if not rule.reference] == []


def test_no_manual_has_a_finding_of_a_severity_that_is_not_listed(check_zone: CheckZone) -> None:
    known = {rule.name: rule.severity for rule in all_rules()}
    for rule in all_rules():
        for section in sections(pages.manual(rule.name)):
            zones = [block.text for block in section.blocks if block.language == "yaml"]
            dns = "".join(block.text for block in section.blocks if block.language == "dns")
            for text in zones:
                for each in check_zone(text, dns=dns):
                    listed = {known[each.rule], *(severity for severity, _ in OTHERS.get(each.rule, ()))}
                    assert each.severity in listed or known[each.rule] == "off", (each.rule, each.severity)


def test_what_is_listed_without_loading_is_what_there_is() -> None:
    fields = ("name", "severity", "reference", "aliases", "family")

    for told, rule in zip(listed(), all_rules(), strict=True):
        assert [getattr(told, each) for each in fields] == [getattr(rule, each) for each in fields]
        assert (options_of(told), summary_of(told)) == (options_of(rule), pages.summary(rule.name))
