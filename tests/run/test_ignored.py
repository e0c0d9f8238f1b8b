"""Comments that ignore findings: what each is about, what it says wrong, and that no text in quotes is one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.config.load import load_profile
from linter.config.settings import ActiveRules, Choice, Settings
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.outcome import Outcome
from linter.source.comments import beside
from linter.source.text import Source

DAY = "2026-11-30"
MECHANISM = "spf-unknown-mechanism"


def judged(folder: Path, text: str, name: str = "a.example.yaml", strict: bool = False, day: str = DAY) -> Outcome:
    path = folder / name
    path.write_bytes(text.encode())
    profile = load_profile("strict" if strict else "recommended")
    checker = Checker(ActiveRules(profile, {"dmarc-missing": Choice("off")}), Settings(), day)
    checker.check([str(path)], Estate([str(path)], str(folder)))
    return checker.outcome()


def told(outcome: Outcome) -> list[str]:
    """Rule and line of each finding."""
    return [
        f"{each.rule}:{each.span.source.position(each.span.start).line}"
        for each in outcome.findings
        if each.rule in (MECHANISM, "unused-ignore", "ignore-without-reason")
    ]


WWW = "www: {type: TXT, value: v=spf1 foo -all}"
IGNORE = "# mailzone: ignore[spf-unknown-mechanism] a reason"


@pytest.mark.parametrize(
    "text",
    [
        f"{WWW}  {IGNORE}\n",
        f"www:\n  type: TXT\n  value: v=spf1 foo -all {IGNORE}\n",
        f"www:\n  type: TXT\n  {IGNORE}\n  value: v=spf1 foo -all\n",
        f"{IGNORE}\nwww:\n  type: TXT\n  value: v=spf1 foo -all\n",
        f"www:  {IGNORE}\n  type: TXT\n  value: v=spf1 foo -all\n",
        f"www:\n  {IGNORE}\n  - type: TXT\n    value: v=spf1 foo -all\n",
        f"www:\n  - type: TXT\n    values: {IGNORE}\n    - v=spf1 foo -all\n",
        f"www:\n  - type: TXT\n    values:\n    {IGNORE}\n    - v=spf1 foo -all\n",
        f"www:\n  - type: TXT\n    values:\n    - v=spf1 foo -all  {IGNORE}\n",
        f"www:\n  type: TXT\n  value: >-  {IGNORE}\n    v=spf1 foo\n    -all\n",
        f"www:\n  type: TXT\n  value: |-\t{IGNORE}\n    v=spf1 foo -all\n",
        f'www:\n  type: TXT\n  value: "v=spf1 foo\n    -all"  {IGNORE}\n',
        f"www: {{type: TXT,  {IGNORE}\n  value: v=spf1 foo -all}}\n",
        f"www: {{type: TXT,\n  {IGNORE}\n  value: v=spf1 foo -all}}\n",
        f"www: [{{type: TXT, value: v=spf1 foo -all}}, {{type: MX, value: {{preference: 0, exchange: .}}}}] {IGNORE}\n",
        f"# another comment\n{IGNORE}\n# and one more\nwww: {{type: TXT, value: v=spf1 foo -all}}\n",
        f"---\n{IGNORE}\nwww: {{type: TXT, value: v=spf1 foo -all}}\n",
        f"www:\n  {IGNORE}\n  -\n    type: TXT\n    value: v=spf1 foo -all\n",
        f"? www  {IGNORE}\n: {{type: TXT, value: v=spf1 foo -all}}\n",
        f"www: &a {{type: TXT, value: v=spf1 foo -all}}  {IGNORE}\n",
        f"{WWW}  # a note {IGNORE}\n",
        f"zone: a.example\nrecords:\n  www:  {IGNORE}\n    type: TXT\n    value: v=spf1 foo -all\n",
        f"zone: a.example\nrecords:\n  {IGNORE}\n  www: {{type: TXT, value: v=spf1 foo -all}}\n",
        f"\ufeff{IGNORE}\nwww: {{type: TXT, value: v=spf1 foo -all}}\n",
        "# mailzone: file-ignore[spf] all of it is old\n\n# more\nwww: {type: TXT, value: v=spf1 foo -all}\n",
        f"{WWW}  # mailzone: ignore[ , spf,] why\n",
        f"{WWW}  # mailzone: ignore[spf-unknown] a prefix\n",
        f"{WWW}  {IGNORE} until={DAY}\n",
        f"{WWW}  # mailzone:ignore[{MECHANISM}]\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_holds_back_what_is_at_its_place(tmp_path: Path, text: str, end: str) -> None:
    outcome = judged(tmp_path, text.replace("\n", end))

    assert told(outcome) == []
    assert [(each.finding.rule, each.kind) for each in outcome.suppressed] == [(MECHANISM, "inSource")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # A text is no comment, whatever stands in it.
        (f'www: {{type: TXT, value: "v=spf1 foo {IGNORE}"}}\n', [f"{MECHANISM}:1"]),
        (f"www:\n  type: TXT\n  value: |-\n    {IGNORE}\n    v=spf1 foo -all\n", []),
        (f"x: {{type: TXT, value: '{IGNORE}'}}\nwww: {{type: TXT, value: v=spf1 foo -all}}\n", [f"{MECHANISM}:2"]),
        (f"www:\n  type: TXT\n  value: v=spf1 foo#mailzone:ignore[{MECHANISM}] -all\n", [f"{MECHANISM}:3"]),
        # The next record is another one's.
        (
            f"{IGNORE}\nwww: {{type: TXT, value: v=spf1 foo -all}}\nx: {{type: TXT, value: v=spf1 bar -all}}\n",
            [f"{MECHANISM}:3"],
        ),
        (f"{WWW}\n{IGNORE}\n", [f"{MECHANISM}:1", "unused-ignore:2"]),
        (f"{IGNORE}\n\nwww: {{type: TXT, value: v=spf1 foo -all}}\n", ["unused-ignore:1", f"{MECHANISM}:3"]),
        (f"#x: {{type: TXT, value: a}}  {IGNORE}\nwww: {{type: TXT, value: v=spf1 foo -all}}\n", [f"{MECHANISM}:2"]),
        # The keys of a native zone are no names.
        (
            f"zone: a.example\nrecords:  {IGNORE}\n  www: {{type: TXT, value: v=spf1 foo -all}}\n",
            ["unused-ignore:2", f"{MECHANISM}:3"],
        ),
        # What is wrong with a comment.
        (f"{WWW}  # mailzone: ignore\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: ignore spf\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: ignore[]\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: ignore[spf\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: ingore[spf]\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: disable[spf]\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        ("www: {type: TXT, value: v=spf1 foo -all}  # Mailzone: ignore[spf]\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: ignore[sfp]\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (f"{WWW}  # mailzone: ignore[*]\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (
            f"{WWW}  {IGNORE} until=2026-11-29\n",
            [f"{MECHANISM}:1", "unused-ignore:1"],
        ),
        (
            f"{WWW}  {IGNORE} until=2026-02-30\n",
            [f"{MECHANISM}:1", "unused-ignore:1"],
        ),
        (f"{WWW}  {IGNORE} until=\n", [f"{MECHANISM}:1", "unused-ignore:1"]),
        (
            f"{WWW}  {IGNORE} until=2027-01-01 until=2028-01-01\n",
            [f"{MECHANISM}:1", "unused-ignore:1"],
        ),
        (f"{WWW}  {IGNORE} # mailzone: ignore[spf]\n", ["unused-ignore:1"]),
        (
            "www: {type: TXT, value: v=spf1 foo -all}\n# mailzone: file-ignore[spf] too late\n",
            [f"{MECHANISM}:1", "unused-ignore:2"],
        ),
        (
            f"{WWW}  # mailzone: file-ignore[spf]\n",
            [f"{MECHANISM}:1", "unused-ignore:1"],
        ),
        # Each word is asked on its own, and a second comment about the same has nothing left.
        (f"{WWW}  # mailzone: ignore[{MECHANISM}, dkim]\n", ["unused-ignore:1"]),
        (f"{IGNORE}\n{IGNORE}\nwww: {{type: TXT, value: v=spf1 foo -all}}\n", ["unused-ignore:2"]),
        ("# mailzone: file-ignore[dkim, dmarc-syntax]\nwww: {type: A, value: 192.0.2.1}\n", ["unused-ignore:1"] * 2),
        # Rules that did not have their chance, and those about comments, are not asked.
        ("www: {type: A, value: 192.0.2.1}  # mailzone: ignore[drift-missing] served by hand\n", []),
        ("www: {type: A, value: 192.0.2.1}  # mailzone: ignore[unused-ignore]\n", []),
        (f"# mailzone: file-ignore[unused-ignore] later\nwww: {{type: A, value: 192.0.2.1}}  {IGNORE}\n", []),
        # Prose is no comment of ours.
        ("# mailzone: see the wiki\nwww: {type: A, value: 192.0.2.1}\n", []),
        ("# mailzone:\nwww: {type: A, value: 192.0.2.1}  # mailzones: ignore[x]\n", []),
    ],
)
def test_no_other_place_and_no_other_form_will_do(tmp_path: Path, text: str, left: list[str]) -> None:
    outcome = judged(tmp_path, text)

    assert told(outcome) == left


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("# mailzone: ignore[sfp-syntax] x", "did you mean `spf-syntax`?"),
        ("# mailzone: ingore[spf]", "did you mean `ignore`?"),
        ("# mailzone: ignore[yaml-syntax]", "`yaml-syntax` cannot be ignored"),
        ("# mailzone: ignore[spf] until=soon", "`soon` is not a day"),
        ("# mailzone: ignore[spf] until=2020-01-01", "has ended with `2020-01-01`"),
        ("# mailzone: ignore[spf]", "nothing of `spf` is found here"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, comment: str, words: str) -> None:
    outcome = judged(tmp_path, f"www: {{type: A, value: 192.0.2.1}}  {comment}\n")

    assert [words in each.message for each in outcome.findings if each.rule == "unused-ignore"] == [True]


def test_the_mark_is_under_the_word_that_is_wrong(tmp_path: Path) -> None:
    text = "www: {type: A, value: 192.0.2.1}  # mailzone: ignore[spf, no-such-rule , dkim] why until=never\n"
    found = [each.span.text for each in judged(tmp_path, text).findings if each.rule == "unused-ignore"]

    assert found == ["no-such-rule", "until=never"]


def test_a_former_name_is_a_name(tmp_path: Path) -> None:
    from linter.rules.known import former_names
    from linter.rules.registry import rule_named

    old, new = next(iter(former_names().items()))
    from linter.run.ignore_comments import rules_meant

    assert rules_meant(old) >= {new}
    assert rule_named(old) is not None


@pytest.mark.parametrize(
    "text", ["www: [\n", "www: {a: 1\n", "a: b: c\n", "\tx: 1\n", "a: *b\n", f"{'[' * 99}{']' * 99}\n"]
)
def test_that_a_file_could_not_be_read_is_not_ignored(tmp_path: Path, text: str) -> None:
    ignore = "# mailzone: file-ignore[source, yaml-syntax, yaml-limits] away with it\n"
    rules = [each.rule for each in judged(tmp_path, ignore + text).findings]

    assert {"yaml-syntax", "yaml-limits"} & set(rules)


def test_an_unread_file_is_an_error_whatever_is_switched_off(tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text("www: [\n")
    rules = ActiveRules(
        load_profile("recommended"), {"yaml-syntax": Choice("off"), "source": Choice("info")}, ignore=("source",)
    )
    checker = Checker(rules, Settings())
    path = str(tmp_path / "a.example.yaml")
    checker.check([path], Estate([path], str(tmp_path)))

    assert [(each.rule, each.severity) for each in checker.outcome().findings] == [("yaml-syntax", "error")]


def test_a_reason_is_asked_for_where_it_is_strict(tmp_path: Path) -> None:
    text = f"{WWW}  # mailzone: ignore[{MECHANISM}]"

    assert told(judged(tmp_path, f"{text} until=2027-01-01\n", strict=True)) == ["ignore-without-reason:1"]
    assert told(judged(tmp_path, f"{text} a reason\n", strict=True)) == []
    assert told(judged(tmp_path, f"{text}\n")) == []


def test_an_included_file_has_comments_of_its_own(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "part").write_text(f"type: TXT\nvalue: v=spf1 foo -all  {IGNORE}\n")

    assert told(judged(tmp_path, "www: !include part\n")) == []


@given(st.lists(st.sampled_from([*"#\"'|>-:,[]{}&*!? \n\t\r", "a", "# mailzone: ignore[spf] ", "x: ", "\u2028", "é"])))
def test_whatever_is_read_is_a_comment_to_libyaml_too(parts: list[str]) -> None:
    """With the comments taken out the text means the same."""
    import yaml

    from linter.run.ignore_comments import SIGN

    text = "".join(parts)
    layout = beside(Source("a.yaml", text))
    if layout is None:
        return
    without = text
    # A second one in a line is a part of the first.
    for comment in {each.line: each for each in reversed(list(layout.comments(SIGN)))}.values():
        without = without[: comment.start] + without[comment.end :]
    try:
        meant = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return  # a second document
    left = list(yaml.parse(without, Loader=yaml.CSafeLoader))
    values = [[getattr(event, "value", None) for event in events] for events in (meant, left)]

    assert values[0] == values[1]


def test_a_file_full_of_comments_is_read_in_one_pass(tmp_path: Path) -> None:
    lines = [f"n{row}: {{type: A, value: 192.0.2.1}}  # mailzone: ignore[spf, x{row}] a" for row in range(20_000)]
    outcome = judged(tmp_path, "\n".join(lines) + "\n")

    assert 0 < len(outcome.findings) <= 2000
