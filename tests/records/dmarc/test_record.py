"""DMARC records: what receivers read out of them, and what they then apply."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.dmarc.record import (
    POLICIES,
    Dmarc,
    is_dmarc,
    near_miss,
    parse,
    policy_fault,
    to_text,
)
from linter.records.text.report_uri import ReportUri

RUA = "rua=mailto:d@a.example"
NO_DMARC = "apply no DMARC at all"
AS_NONE = "act as if the record said `p=none`"


def found(text: str) -> list[tuple[str, str]]:
    """(kind, text it points at) of every fault."""
    return [(fault.kind, text[fault.start : fault.end]) for fault in parse(text).faults]


@pytest.mark.parametrize(
    ("text", "policy", "faults"),
    [
        ("v=DMARC1; p=none", "none", []),
        ("v=DMARC1;p=reject;", "reject", []),
        ("v=DMARC1", None, []),
        ("v=DMARC1;", None, []),
        ("v=DMARC1; rua=mailto:d@example.com", "none", []),
        ("v=DMARC1; rua=mailto:d@example.com; p=reject", "reject", []),
        ("v=DMARC1; p=reject; pct=25", "reject", [("historic-tag", "pct=25")]),
        ("v=DMARC1; p=reject; t=y", "reject", []),
        (
            "v=DMARC1; p=none; fo=0:1:d:s",
            "none",
            [("failure-options", "fo=0:1:d:s"), ("failure-options", "0:1:d:s")],
        ),
        ("v=DMARC1; p=none; fo=1 : d; ruf=mailto:d@a.example", "none", [("failure-options", "1 : d")]),
        ("v=DMARC1; p=none; rua=mailto:d@example.com!10m", "none", []),
        (
            "v=DMARC1; p=none; ri=3600; rf=afrf",
            "none",
            [("historic-tag", "ri=3600"), ("historic-tag", "rf=afrf")],
        ),
        ("v=DMARC1; p=none;; rua=mailto:d@example.com", "none", [("syntax", ";")]),
        ("v=DMARC1; p=none; rua=d@example.com", "none", [("invalid-uri", "d@example.com")]),
        (
            "v=DMARC1; p=none; rua=mailto:a@x.example;mailto:b@x.example",
            "none",
            [("invalid-uri", "mailto:b@x.example")],
        ),
        ("v=DMARC1; p=quarentine; rua=mailto:d@x.example", "none", [("invalid-value", "quarentine")]),
        ("v=DMARC1; p=quarentine", None, [("invalid-value", "quarentine")]),
        ("v=DMARC1; p=reject; sp=", None, [("syntax", "sp=")]),
        ("v=DMARC1; p=reject; sp=; rua=mailto:d@x.example", "none", [("syntax", "sp=")]),
        ("v=DMARC1; p=reject; np=reject; psd=n", "reject", []),
        ("v=DMARC1; p=reject; adkim=strict", "reject", [("invalid-value", "strict")]),
        ("v=DMARC1; p=reject; np=rejet", None, [("invalid-value", "rejet")]),
        (
            "v=DMARC1; p=nothing; rua=https://x.example/d",
            "none",
            [("invalid-value", "nothing"), ("invalid-uri", "https://x.example/d")],
        ),
    ],
)
def test_receivers_apply_this_policy(text: str, policy: str | None, faults: list[tuple[str, str]]) -> None:
    assert is_dmarc(text)
    assert parse(text).policy == policy
    assert found(text) == faults
    assert near_miss(text) is None


def test_every_tag_is_read() -> None:
    record = parse(
        "V = DMARC1 ; P=Reject ; sp=QUARANTINE; np=none; ADKIM=S; aspf=s; t=Y; psd=N; "
        "rua=mailto:a@a.example,mailto:b@a.example; ruf=mailto:c@a.example; fo=1:D:s;"
    )
    assert record.faults == ()
    assert (record.p, record.sp, record.np) == ("reject", "quarantine", "none")
    assert (record.adkim, record.aspf, record.t, record.psd) == ("s", "s", True, "n")
    assert [uri.address for uri in record.rua] == ["a@a.example", "b@a.example"]
    assert [uri.address for uri in record.ruf] == ["c@a.example"]
    assert record.fo == ("1", "d", "s")
    assert record.pct is None
    sp = record.tag("sp")
    assert sp is not None
    assert (record.text[sp.start : sp.end], record.tag("ri")) == ("sp=QUARANTINE", None)


def test_absent_tags_have_their_defaults() -> None:
    record = parse("v=DMARC1; p=none")
    assert record == Dmarc(record.text, record.tags, p="none")
    assert (record.sp, record.np, record.adkim, record.aspf) == (None, None, "r", "r")
    assert (record.t, record.psd, record.pct, record.fo) == (False, "u", None, ("0",))
    assert (record.rua, record.ruf) == ((), ())


def test_a_uri_list_loses_what_runs_into_the_next_tag() -> None:
    assert [uri.text for uri in parse(f"v=DMARC1; {RUA}, sp=none").rua] == ["mailto:d@a.example"]
    assert parse(f"v=DMARC1; {RUA} sp=none").rua == ()
    assert [uri.text for uri in parse(f"v=DMARC1; {RUA},mailto:e@a.example sp=none").rua] == ["mailto:d@a.example"]
    assert parse("v=DMARC1; p=none; rua= ,sp=none").rua == ()
    assert parse(f"v=DMARC1; {RUA}?subject=p=1").faults == ()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("v=DMARC1", NO_DMARC),
        (f"v=DMARC1; {RUA}", AS_NONE),
        ("v=DMARC1; sp=reject; rua=mailto:none@a.example", AS_NONE),
    ],
)
def test_a_missing_policy_is_said_where_one_is_expected(text: str, fact: str) -> None:
    assert parse(text).faults == ()
    fault = policy_fault(parse(text))
    assert fault is not None
    assert (fault.kind, text[fault.start : fault.end]) == ("invalid-value", "v=DMARC1")
    assert fault.message == f"`p` is missing, so receivers {fact}"
    assert fault.help == "add `p=none`, `p=quarantine` or `p=reject`"


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("p:reject", "syntax"),
        ("policy=reject", "unknown-tag"),
        ("p1=reject", "syntax"),
        ('"p=reject"', "syntax"),
        ("reject", "syntax"),
        ("rua=mailto:d@a.example p=reject", "syntax"),
    ],
)
def test_a_fault_that_costs_the_policy_says_so_and_is_the_only_one(rest: str, kind: str) -> None:
    record = parse(f"v=DMARC1; {rest}")
    assert [fault.kind for fault in record.faults] == [kind]
    assert f"so receivers {NO_DMARC}" in record.faults[0].message
    assert policy_fault(record) is None


def test_other_faults_do_not_hide_that_the_policy_is_missing() -> None:
    assert policy_fault(parse("v=DMARC1; foo=bar")) is not None
    assert policy_fault(parse("v=DMARC1; adkim=x; rua=mailto:d@a.example")) is not None
    assert policy_fault(parse("v=DMARC1; p=x")) is None
    assert policy_fault(parse("v=DMARC1; p=none")) is None


def test_a_changed_record_is_written_in_the_usual_order() -> None:
    record = parse(
        "v=DMARC1;rua=mailto:a@a.example!10m , mailto:b@a.example; pct=20;fo=1;ruf=mailto:c@a.example;P=NONE"
    )
    assert to_text(record._replace(p="reject", np="reject", aspf="s", t=True, psd="n")) == (
        "v=DMARC1; p=reject; np=reject; aspf=s; t=y; psd=n; pct=20; "
        "rua=mailto:a@a.example!10m,mailto:b@a.example; ruf=mailto:c@a.example; fo=1"
    )
    assert to_text(parse("v=DMARC1")) == "v=DMARC1"


def meaning(record: Dmarc) -> tuple[object, ...]:
    """A record without its text and places."""
    lists = [[uri[:5] for uri in uris] for uris in (record.rua, record.ruf)]
    return (*lists, *record[3:-2], record.policy, len(record.faults))


URIS = st.lists(
    st.builds(
        lambda local, host, size: ReportUri(f"mailto:{local}@{host}.example{size}", "mailto", "", "", size, 0, 0),
        st.from_regex(r"[a-z0-9._+=-]{1,9}", fullmatch=True),
        st.from_regex(r"[a-z0-9]{1,9}(\.[a-z0-9]{1,9})?", fullmatch=True),
        st.sampled_from(["", "!5", "!10m"]),
    ),
    max_size=3,
).map(tuple)
POLICY = st.sampled_from([None, *POLICIES])
RECORDS = st.builds(
    lambda policies, words, options, rua, ruf: Dmarc(
        "",
        p=policies[0],
        sp=policies[1],
        np=policies[2],
        adkim=words[0],
        aspf=words[1],
        t=words[2],
        psd=words[3],
        fo=options if ruf else ("0",),
        rua=rua,
        ruf=ruf,
    ),
    st.tuples(POLICY, POLICY, POLICY),
    st.tuples(st.sampled_from("rs"), st.sampled_from("rs"), st.booleans(), st.sampled_from("uyn")),
    st.sampled_from([("0",), ("1",), ("d",), ("1", "d", "s"), ("s", "0")]),
    URIS,
    URIS,
)


@given(RECORDS)
def test_a_written_record_is_read_back(record: Dmarc) -> None:
    read = parse(to_text(record))
    assert read.faults == ()
    assert read[3:12] == record[3:12]
    assert [uri.text for uri in (*read.rua, *read.ruf)] == [uri.text for uri in (*record.rua, *record.ruf)]
    assert meaning(parse(to_text(read))) == meaning(read)


@given(RECORDS, st.randoms(use_true_random=False))
def test_order_blanks_and_case_change_nothing(record: Dmarc, random: Random) -> None:
    parts = to_text(record).split("; ")[1:]
    random.shuffle(parts)
    spread = [" = ".join(part.split("=", 1)) for part in parts]
    upper = [part.upper() if part[:2] not in ("ru", "fo") else part for part in spread]
    read = parse(" ;\t".join(["v = DMARC1", *upper]) + " ; ")
    assert meaning(read) == meaning(parse(to_text(record)))


KINDS = {
    "version",
    "syntax",
    "duplicate-tag",
    "invalid-value",
    "invalid-uri",
    "unknown-tag",
    "historic-tag",
    "failure-options",
}
PIECES = st.one_of(
    st.sampled_from(["v=DMARC1", "DMARC1", "p=", "none", "sp=reject", ";", "=", " ", ",", ":", "\\", '"', "“", "\n"]),
    st.sampled_from(["rua=", "mailto:", "a@a.example", "fo=0:1", "pct=", "10", "p reject", "np=x", "v", "https:"]),
    st.text(max_size=5),
)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(["v=DMARC1;", ""]), st.lists(PIECES, max_size=15))
def test_any_text_is_read_without_an_error(start: str, pieces: list[str]) -> None:
    text = start + "".join(pieces)
    record = parse(text)
    extra = policy_fault(record)
    faults = [*record.faults, *([extra] if extra else [])]
    assert list(record.faults) == sorted(record.faults)
    assert all(0 <= fault.start <= fault.end <= len(text) for fault in faults)
    assert {fault.kind for fault in faults} <= KINDS
    for fault in faults:
        assert fault.message
        assert not any(character in fault.message + fault.help for character in "\n\r\0")
        assert not fault.message.endswith(".")
    assert is_dmarc(text) == all(fault.kind != "version" for fault in faults)
    assert is_dmarc(text) or record.policy is None
    assert not (is_dmarc(text) and near_miss(text, at_dmarc_name=True))


@pytest.mark.parametrize(
    "text",
    [
        "v=DMARC1; p=none" + ";" * 10_000,
        "v=DMARC1; " + "x1=y; " * 10_000,
        "v=DMARC1; " + "p reject; " * 10_000,
        "v=DMARC1; " + "".join(f"x{number}; " for number in range(10_000)),
        "v=DMARC1; rua=" + "mailto:a,b@a.example," * 3_000,
        "v=DMARC1; rua=mailto:a@" + "a." * 32_000,
        "v=DMARC1; p=" + " " * 64_000 + "x",
        "v=DMARC1; pct=" + "9" * 64_000,
        " " * 64_000 + "v=DMARC1",
        "v" + " " * 64_000,
        "\0" * 64_000,
        "v=DMARC1;" + "😀" * 32_000,
    ],
)
def test_a_huge_text_is_read_without_an_error(text: str) -> None:
    assert parse(text).text == text
    assert policy_fault(parse(text)) is None or parse(text).p is None
