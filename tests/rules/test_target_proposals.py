"""What a help says to write in place of a target of MX, SRV or CNAME removes the finding and makes no new error."""

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.config.settings import ActiveRules, Settings
from linter.finding import Finding
from linter.records.text.fault import proposed
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.examples import Neighbours
from linter.run.needs import every_rule
from linter.source.text import Source
from tests.profiles import built_in

ZONE = """\
zone: company.com
records:
  '':
    - {type: MX, values: [{preference: 10, exchange: %s}, {preference: 20, exchange: %s}]}
    - {type: TXT, value: 'v=spf1 mx -all'}
  _imaps._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 993, target: %s}}
  autodiscover: {type: CNAME, value: %s}
  www: {type: CNAME, value: %s}
  s1._domainkey: {type: CNAME, value: %s}
  mail: {type: A, value: 50.0.0.25}
  mx2: {type: A, value: 50.0.0.26}
  old: {type: CNAME, value: mail.company.com.}
  older: {type: CNAME, value: old.company.com.}
"""
TARGETS = (
    "mail.company.com.", "mail", "mail.company.com", "mail.company.com.company.com.", "company.com", "old", ".", "@",
    "old.company.com.", "older.company.com.", "gone.company.com.", "Mail.Company.COM.", "mx2.company.com",
    "mail..company.com.", "-mail.company.com.", "mail_1.company.com.", "50.0.0.25", "'2a00::1'", "mx.other.com",
    "http://mail.company.com", "mail.company.com:25", "10 mail.company.com.", "mail.local.", "localhost.", "'*'",
    "mail.company.com,mx2.company.com", "user@company.com", "' mail.company.com.'", "mail.company.com..",
)  # fmt: skip


def judged(text: str) -> tuple[Finding, ...]:
    estate = Estate([], ".", [Neighbours()])
    estate.add(Source("zone.yaml", text))
    checker = Checker(every_rule(ActiveRules(built_in("recommended"))), Settings())
    checker.check(["zone.yaml"], estate)
    outcome = checker.outcome()
    assert outcome.crashes == ()
    return outcome.findings


def keys(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in found]


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.tuples(*[st.sampled_from(TARGETS)] * 6))
def test_what_a_help_says_to_write_is_right(targets: tuple[str, ...]) -> None:
    text = ZONE % targets
    before = judged(text)
    for finding in before:
        written = proposed(finding.help)
        if written is None or finding.span.source.text != text:
            continue
        quote = "'" if text[finding.span.start] == "'" else ""  # a quoted name stays quoted
        written = f"{quote}{written}{quote}"
        changed = text[: finding.span.start] + written + text[finding.span.end :]
        after = judged(changed)

        key = (finding.rule, finding.message)
        assert keys(after).count(key) < keys(before).count(key), (key, finding.help, targets)
        end = finding.span.start + len(written)
        made = [each for each in after if each.span.end >= finding.span.start and each.span.start <= end]
        new = [each for each in made if each.severity == "error" and (each.rule, each.message) not in keys(before)]
        assert keys(tuple(new)) == [], (key, finding.help, targets)
