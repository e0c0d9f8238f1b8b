"""Wrong tags in DMARC records: one fault for each cause, and what receivers do about it."""

import pytest

from linter.records.dmarc.record import parse

RUA = "rua=mailto:d@a.example"
NO_DMARC = "apply no DMARC at all"
AS_NONE = "act as if the record said `p=none`"


def found(text: str) -> list[tuple[str, str]]:
    """(kind, text it points at) of every fault."""
    return [(fault.kind, text[fault.start : fault.end]) for fault in parse(text).faults]


@pytest.mark.parametrize(
    ("part", "span", "message"),
    [
        (
            "adkim=strict",
            "strict",
            "`adkim=strict` is not valid, so receivers use the default `r`; did you mean `s`?",
        ),
        ("aspf=Relaxed", "Relaxed", "so receivers use the default `r`; did you mean `r`?"),
        ("aspf=x", "x", "so receivers use the default `r`; expected `r` or `s`"),
        ("t=yes", "yes", "so receivers use the default `n`; did you mean `y`?"),
        ("t=strict", "strict", "so receivers use the default `n`; expected `n` or `y`"),
        ("psd=no", "no", "so receivers use the default `u`; did you mean `n`?"),
        ("psd=maybe", "maybe", "so receivers use the default `u`; expected `u`, `y` or `n`"),
        ("sp=rejekt", "rejekt", f"`sp=rejekt` is not valid, so receivers {NO_DMARC}; did you mean `reject`?"),
        (
            "np=x",
            "x",
            f"so receivers that follow RFC 9989 {NO_DMARC}; expected `none`, `quarantine` or `reject`",
        ),
        (
            "fo=2; ruf=mailto:d@a.example",
            "2",
            "`2` is not a failure option, so receivers use the default `0`; expected",
        ),
        ("fo=1,d; ruf=mailto:d@a.example", "1,d", "separate options with `:`"),
        ("fo=1:; ruf=mailto:d@a.example", "1:", "`` is not a failure option"),
        ("pct=101", "101", "`pct=101` is not valid, so receivers ignore it; expected a number from 0 to 100"),
        ("pct=-1", "-1", "expected a number from 0 to 100"),
        ("ri=1d", "1d", "expected a number of seconds"),
        ("rf=iodef", "iodef", "expected `afrf`"),
    ],
)
def test_an_invalid_value_says_what_receivers_do_instead(part: str, span: str, message: str) -> None:
    text = f"v=DMARC1; p=reject; {part}"
    assert found(text) == [("invalid-value", span)]
    assert message in parse(text).faults[0].message


@pytest.mark.parametrize("name", ["p", "sp", "np"])
@pytest.mark.parametrize(("rest", "fact"), [("", NO_DMARC), (f"; {RUA}", AS_NONE), ("; rua=d@a.example", NO_DMARC)])
def test_a_valid_rua_decides_what_an_invalid_policy_leads_to(name: str, rest: str, fact: str) -> None:
    others = "; ".join(f"{other}=reject" for other in ("p", "sp", "np") if other != name)
    fault = next(f for f in parse(f"v=DMARC1; {name}=x; {others}{rest}").faults if f.kind == "invalid-value")
    assert f"{fact}; expected" in fault.message
    assert ("that follow RFC 9989" in fault.message) == (name == "np")
    assert fault.reference == "RFC 9989 section 4.10.1"


@pytest.mark.parametrize(
    ("part", "span", "message", "way_out"),
    [
        ("rua", "rua", "`rua` has no `=`, so receivers ignore it", ""),
        ("rf:afrf", "rf:afrf", "`rf:afrf` has no `=`", "put `=` between `rf`"),
        ("adkim s", "adkim s", "has no `=`", "put `=` between `adkim`"),
        ("mailto:d@a.example", "mailto:d@a.example", "has no `=`", "put `rua=` or `ruf=` before it"),
        ("=s", "=s", "`=s` has no tag name", ""),
        ("adkim2=s", "adkim2=s", "`adkim2` is not a tag name, which has letters only", "the tag was meant as `adkim`"),
        ("x-y=s", "x-y=s", "`x-y` is not a tag name", ""),
        ("rua=", "rua=", "`rua` has no value, so receivers ignore it", "remove it"),
        ("aspf = ", "aspf =", "`aspf` has no value, so receivers use the default `r`", "remove it"),
        ("np=", "np=", f"so receivers that follow RFC 9989 {NO_DMARC}", "remove it"),
        (
            "sp=none adkim=s",
            "",
            f"the semicolon is missing before `adkim=`, so receivers {NO_DMARC}",
            "put `;` there",
        ),
        ("sp=none , adkim=s", ",", "a comma is in the place of the semicolon before `adkim=`", "put `;` there"),
        ("adkim=s aspf=s", "", "so receivers read it as part of `adkim`", "put `;` there"),
        ("fo=1 v=DMARC1", "", "the semicolon is missing before `v=`", "keep one record"),
        (f"{RUA} sp=none", "", "so receivers read it as part of `rua`", "put `;` there"),
        (f"{RUA}, sp=none", ",", "a comma is in the place of the semicolon before `sp=`", "put `;` there"),
        ("sp=“none”", "“", f"`“` is in the record, so receivers {NO_DMARC}", "retype it"),
        (
            'adkim="s"',
            '"',
            '`"` is in the record, so receivers may ignore the part that it is in',
            "retype it",
        ),
        ("adkim=s\\", "\\", "a literal backslash is left in the record", "remove it"),
        (f"{RUA}\\;", "\\", "a literal backslash is left in the record", "remove it"),
        ("x=é", "é", "`é` is not ASCII", "`xn--`"),
        ("adkim=s\x00", "\x00", "the character U+0000 is in the record", "remove it"),
        ("adkim=s\n", "\n", "the character U+000A is in the record", "remove it"),
        ("adkim＝s", "＝", "`＝` is in the record", "retype it"),
        ('"adkim=s', '"', '`"` is in the record', "retype it"),
        (f'{RUA}; x"', '"', '`"` is in the record', "retype it"),
        (f'{RUA}; mailto:"x', '"', '`"` is in the record', "retype it"),
    ],
)
def test_a_syntax_error_has_one_fault(part: str, span: str, message: str, way_out: str) -> None:
    text = f"v=DMARC1; p=reject; {part}"
    assert found(text) == [("syntax", span)]
    fault = parse(text).faults[0]
    assert message in fault.message
    assert way_out in fault.help
    assert bool(way_out) == bool(fault.help)


def test_one_fault_for_each_sort_of_stray_character() -> None:
    text = 'v=DMARC1; p=reject\\; sp="none"; rua=“mailto:d@é.example”\\;\n'
    assert found(text) == [("syntax", "\\"), ("syntax", '"'), ("syntax", "é"), ("syntax", "\n")]
    assert all(NO_DMARC in fault.message for fault in parse(text).faults)


def test_one_fault_for_each_run_of_superfluous_semicolons() -> None:
    text = "v=DMARC1;; ;p=none;;;"
    assert [(fault.start, fault.kind) for fault in parse(text).faults] == [(9, "syntax"), (19, "syntax")]


@pytest.mark.parametrize(
    ("part", "span", "message"),
    [
        (
            "rau=mailto:d@a.example",
            "rau=mailto:d@a.example",
            "`rau` is not a DMARC tag, so receivers ignore it; did you mean `rua`?",
        ),
        ("adkmi=s", "adkmi=s", "did you mean `adkim`?"),
        ("ADKIMM=s", "ADKIMM=s", "did you mean `adkim`?"),
        ("policy=reject", "policy=reject", "`policy` is not a DMARC tag, so receivers ignore it"),
        ("foobarbaz=", "foobarbaz=", "`foobarbaz` is not a DMARC tag, so receivers ignore it"),
    ],
)
def test_receivers_ignore_an_unknown_tag(part: str, span: str, message: str) -> None:
    text = f"v=DMARC1; p=none; {part}"
    assert found(text) == [("unknown-tag", span)]
    fault = parse(text).faults[0]
    assert fault.message.startswith(message) or fault.message.endswith(message)
    assert (fault.help == "remove it") == ("did you mean" not in fault.message)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("v=DMARC1; p=none; P=reject; p=none", ["P=reject"]),
        (f"v=DMARC1; p=none; {RUA}; rua=mailto:e@a.example", ["rua=mailto:e@a.example"]),
        ("v=DMARC1; p=none; v=DMARC1; p=reject; sp=none; sp=none", ["v=DMARC1"]),
        ("v=DMARC1; p=none; p=none; v=DMARC1; v=DMARC1", ["p=none", "v=DMARC1"]),
        ("v=DMARC1; p=none; sp=none; sp=none; p=none", ["sp=none", "p=none"]),
    ],
)
def test_a_repeated_tag_is_reported_once_per_name(text: str, spans: list[str]) -> None:
    assert found(text) == [("duplicate-tag", span) for span in spans]
    assert parse(text).p == "none"


def test_repeated_lists_are_to_be_joined() -> None:
    fault = parse(f"v=DMARC1; p=none; {RUA}; rua=mailto:e@a.example").faults[0]
    assert fault.help == "join the URIs in one list, separated by commas"


def test_unknown_and_broken_parts_are_reported_once_each() -> None:
    text = "v=DMARC1; p=none; zz=1; zz=2; abc; def; abc; 1=2; 1=3"
    assert [span for _, span in found(text)] == ["zz=1", "abc", "def", "1=2"]


def test_a_list_cut_by_semicolons_is_one_fault() -> None:
    text = f"v=DMARC1; p=none; {RUA};mailto:e@a.example; f@a.example;https://a.example; adkim=s; g@a.example"
    assert found(text) == [("invalid-uri", "mailto:e@a.example"), ("syntax", "g@a.example")]
    assert parse(text).adkim == "s"
    assert "separate URIs with a comma" in parse(text).faults[0].help
    assert found("v=DMARC1; p=none; cut=1; mailto:e@a.example") == [
        ("unknown-tag", "cut=1"),
        ("syntax", "mailto:e@a.example"),
    ]


@pytest.mark.parametrize(
    ("part", "options", "faults"),
    [
        ("fo=0", ("0",), []),
        ("fo=d:s:1", ("d", "s", "1"), []),
        ("fo=S:0", ("s", "0"), []),
        ("fo=0:1", ("0",), ["`fo` has both `0` and `1`"]),
        ("fo=d:1:d", ("0",), ["`fo` names an option twice"]),
        ("fo=d: s", ("0",), ["`fo` has blanks between its options"]),
    ],
)
def test_failure_options(part: str, options: tuple[str, ...], faults: list[str]) -> None:
    record = parse(f"v=DMARC1; p=none; {part}; ruf=mailto:d@a.example")
    assert record.fo == options
    assert [fault.message for fault in record.faults] == [
        f"{fault}, so new receivers use the default `0` instead" for fault in faults
    ]
    without = parse(f"v=DMARC1; p=none; {part}")
    assert without.faults[0].message.startswith("`fo` says when to send failure reports but no `ruf` says where")
    assert {fault.kind for fault in without.faults} == {"failure-options"}


@pytest.mark.parametrize(
    ("part", "pct", "message"),
    [
        (
            "p=reject; pct=0",
            0,
            "RFC 9989 has no `pct`: new receivers apply `p=reject` to all mail, old ones to 0 % of it",
        ),
        (
            "p=quarantine; pct=099",
            99,
            "new receivers apply `p=quarantine` to all mail, old ones to 99 % of it",
        ),
        ("p=reject; pct=100", 100, "RFC 9989 has no `pct`, so new receivers ignore it"),
        ("p=none; pct=5", 5, "RFC 9989 has no `pct`, so new receivers ignore it"),
        ("p=none; ri=86400", None, "RFC 9989 has no `ri`, so new receivers ignore it"),
        ("p=none; rf=AFRF", None, "RFC 9989 has no `rf`, so new receivers ignore it"),
    ],
)
def test_a_historic_tag_says_whether_receivers_differ(part: str, pct: int | None, message: str) -> None:
    record = parse(f"v=DMARC1; {part}")
    assert record.pct == pct
    assert [fault.kind for fault in record.faults] == ["historic-tag"]
    assert record.faults[0].message.endswith(message)


def test_an_unknown_tag_with_a_policy_stands_for_the_missing_one() -> None:
    assert parse("v=DMARC1; action=reject").faults[0].message.endswith("did you mean `p`?")
    assert "did you mean `p`" not in parse("v=DMARC1; p=none; action=reject").faults[0].message
