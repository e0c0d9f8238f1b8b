"""Recorded answers: what a file may say, what it answers, and how a mistake in it is reported."""

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.lookup.answer import Answer, Exchange, Resolver
from linter.lookup.chain import Chain
from linter.lookup.recorded import Recorded, Recording
from linter.lookup.recorded_reader import read_recording
from linter.source.text import Source, SourceFault, Span

LOCK = """\
version: 1
answers:
  Spf.Example.NET:
    TXT: {ttl: 3600, seen: 2026-11-23, values: ["v=spf1 ip4:192.0.2.0/24 -all", '"v=spf1 " "a\\"b\\;\\059" c']}
    A: [192.0.2.1, 192.0.2.2]
    AAAA: ["2001:db8::1"]
    MX: [10 mail.example.net., 0 .]
    CAA: [0 issue "ca.example"]
    NS: nodata
    SRV: timeout
    PTR: []
  gone.example.: nxdomain
  empty.example: nodata
  failing.example: servfail
  slow.example: timeout
  alias.example: {CNAME: [Spf.Example.NET.]}
  chain.example: {CNAME: [alias.example]}
  lost.example: {CNAME: [elsewhere.example]}
  one.example: {CNAME: [two.example]}
  two.example: {CNAME: [one.example]}
  a.b.example: {A: [192.0.2.9]}
  odd\\032name.example: {A: [192.0.2.10]}
"""


def read(text: str) -> Recording:
    return read_recording(Source("answers.yaml", text))


def recorded(text: str = LOCK) -> Recorded:
    recording = read(text)
    assert recording.faults == ()
    return Recorded([recording])


def complete(text: str = LOCK) -> Recorded:
    return recorded(text.replace("version: 1", "version: 1\ncomplete: true"))


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("spf.example.net.", "TXT", ("v=spf1 ip4:192.0.2.0/24 -all", 'v=spf1 a"b;;c')),
        ("spf.example.net.", "A", ("192.0.2.1", "192.0.2.2")),
        ("spf.example.net.", "AAAA", ("2001:db8::1",)),
        ("spf.example.net.", "MX", (Exchange(10, "mail.example.net."), Exchange(0, "."))),
        ("spf.example.net.", "CAA", ('0 issue "ca.example"',)),
        ("alias.example.", "A", ("192.0.2.1", "192.0.2.2")),
        ("chain.example.", "AAAA", ("2001:db8::1",)),
        ("alias.example.", "CNAME", ("spf.example.net.",)),
        ("odd name.example.", "A", ("192.0.2.10",)),
    ],
)
def test_values_are_read_from_presentation_format(name: str, kind: str, values: tuple[Any, ...]) -> None:
    answer = recorded().lookup(name, kind)

    assert (answer.status, answer.values) == ("found", values)
    assert len(answer.spans) == len(values)


@pytest.mark.parametrize(
    ("name", "kind", "status", "in_complete"),
    [
        ("spf.example.net.", "NS", "nodata", "nodata"),
        ("spf.example.net.", "SRV", "timeout", "timeout"),
        ("spf.example.net.", "PTR", "nodata", "nodata"),
        ("spf.example.net.", "DNAME", "unknown", "nodata"),
        ("gone.example.", "TXT", "nxdomain", "nxdomain"),
        ("empty.example.", "A", "nodata", "nodata"),
        ("failing.example.", "A", "servfail", "servfail"),
        ("slow.example.", "MX", "timeout", "timeout"),
        ("other.example.", "A", "unknown", "nxdomain"),
        ("lost.example.", "A", "unknown", "nxdomain"),
        ("one.example.", "A", "servfail", "servfail"),
        ("b.example.", "A", "unknown", "nodata"),
        ("chain.example.", "NS", "nodata", "nodata"),
    ],
)
def test_what_is_not_there_has_a_status(name: str, kind: str, status: str, in_complete: str) -> None:
    assert recorded().lookup(name, kind).status == status
    assert complete().lookup(name, kind).status == in_complete


def test_aliases_are_told_with_their_steps_and_places() -> None:
    answer = recorded().lookup("chain.example.", "A")

    assert [(step.name, step.target) for step in answer.steps] == [
        ("chain.example.", "alias.example."),
        ("alias.example.", "spf.example.net."),
    ]
    assert answer.owner == "spf.example.net."
    assert answer.steps[0].span is not None
    assert answer.steps[0].span.text == "alias.example"


def test_an_answer_knows_where_it_stands() -> None:
    (span, _) = recorded().lookup("spf.example.net.", "A").spans

    assert (span.text, span.source.position(span.start)) == ("192.0.2.1", (5, 9))


def test_the_first_of_several_files_counts_and_one_complete_file_completes_all() -> None:
    first = read("answers: {a.example: {A: [192.0.2.1]}, b.example: nxdomain}")
    second = read("complete: true\nanswers: {a.example: {A: [192.0.2.2], AAAA: ['::1']}, b.example: {A: [192.0.2.3]}}")
    both = Recorded([first, second])

    assert both.lookup("a.example.", "A").values == ("192.0.2.1",)
    assert both.lookup("a.example.", "AAAA").values == ("::1",)
    assert both.lookup("b.example.", "A").status == "nxdomain"
    assert both.lookup("c.example.", "A").status == "nxdomain"


@pytest.mark.parametrize(
    ("marked", "words", "text"),
    [
        ("anwsers", "did you mean `answers`?", "anwsers: {}\nanswers: {}"),
        ("2", "not a version of this format", "version: 2\nanswers: {}"),
        ("yess", "expected `true` or `false`", "complete: yess\nanswers: {}"),
        ("version: 1", "`answers` is missing", "version: 1"),
        ("- a", "a list stands here; expected `version`", "- a"),
        ("[a.example]", "a list stands here; expected names", "answers: [a.example]"),
        ("nxdomian", "did you mean `nxdomain`?", "answers: {a.example: nxdomian}"),
        ("[192.0.2.1]", "a list stands here; expected record types", "answers: {a.example: [192.0.2.1]}"),
        ("TX", "`TX` is not a record type; did you mean `TXT`?", "answers: {a.example: {TX: [x]}}"),
        ("txt", "did you mean `TXT`?", "answers: {a.example: {txt: [x]}}"),
        ("HOST", "expected one such as `A`", "answers: {a.example: {HOST: [x]}}"),
        ("nxdomain", "is said of a name", "answers: {a.example: {A: nxdomain}}"),
        ("servfial", "did you mean `servfail`?", "answers: {a.example: {A: servfial}}"),
        ("v=spf1 -all", "expected a list of values", "answers: {a.example: {TXT: v=spf1 -all}}"),
        ("valeus", "did you mean `values`?", "answers: {a.example: {A: {valeus: [192.0.2.1]}}}"),
        ("{ttl: 5}", "`values` is missing", "answers: {a.example: {A: {ttl: 5}}}"),
        ("192.0.2.1", "expected a list of values", "answers: {a.example: {A: {values: 192.0.2.1}}}"),
        ("-5", "not a TTL", "answers: {a.example: {A: {ttl: -5, values: [192.0.2.1]}}}"),
        ("yesterday", "not a date", "answers: {a.example: {A: {seen: yesterday, values: [192.0.2.1]}}}"),
        ("192.0.2.256", "not an IPv4 address", "answers: {a.example: {A: [192.0.2.1, 192.0.2.256]}}"),
        ("::1", "not an IPv4 address", "answers: {a.example: {A: ['::1']}}"),
        ("x.example", "not an MX value", "answers: {a.example: {MX: [x.example]}}"),
        ("70000", "not a valid preference", "answers: {a.example: {MX: [70000 x.example]}}"),
        ("65536", "not a valid preference", "answers: {a.example: {MX: [65536 x.example]}}"),
        ("x..example", "empty label", "answers: {a.example: {MX: [10 x..example]}}"),
        ("0 993 x.example", "not an SRV value", "answers: {_imaps._tcp.a.example: {SRV: [0 993 x.example]}}"),
        ("imaps", "not a valid port", "answers: {_imaps._tcp.a.example: {SRV: [0 1 imaps x.example]}}"),
        ("192.0.2.1", "belongs to `A`", "answers: {a.example: {AAAA: [192.0.2.1]}}"),
        ("''", "empty value; expected a name", "answers: {a.example: {PTR: ['']}}"),
        ("\\256", "not a byte", "answers: {'a\\256.example': nxdomain}"),
        ("\\256", "not a byte", "answers: {a.example: {TXT: ['x\\256']}}"),
        ("\\", "nothing comes after", "answers: {'a.example\\': nxdomain}"),
        (
            f"{'x.' * 123}examples",
            "254 characters, 1 too many",
            f"answers: {{a.example: {{PTR: [{'x.' * 123}examples]}}}}",
        ),
        ("\ufffd" + "x" * 80, "no A-label form", "answers: {\ufffd" + "x" * 80 + ".example: nxdomain}"),
        ('"v=spf1 a', "not closed", "answers: {a.example: {TXT: ['\"v=spf1 a']}}"),
        ("\\999", "not a byte", "answers: {a.example: {TXT: ['x\\999']}}"),
        ("\\", "nothing comes after", "answers: {a.example: {TXT: ['x\\']}}"),
        ("\\12", "three digits", "answers: {a.example: {TXT: ['x\\12x']}}"),
        ("a..example", "empty label", "answers: {a..example: nxdomain}"),
        (f"{'x' * 64}.example", "64 bytes, 1 too many", f"answers: {{{'x' * 64}.example: nxdomain}}"),
        ("\\.", "a dot inside a label", "answers: {'a\\.b.example': nxdomain}"),
        ("A.example.", "occurs twice", "answers: {a.example: nxdomain, A.example.: nodata}"),
        ("[a.b, c.d]", "an alias of one other name", "answers: {a.example: {CNAME: [a.b, c.d]}}"),
        ("[1]", "a list stands here; expected a value of type A", "answers: {a.example: {A: [[1]]}}"),
        ("null", "expected a value of type A", "answers: {a.example: {A: [null]}}"),
    ],
)
def test_a_mistake_is_reported_at_its_place(marked: str, words: str, text: str) -> None:
    (fault,) = read(text).faults

    assert fault.kind == "answers"
    assert fault.span.text == marked
    assert words in f"{fault.message} {fault.help}"


def test_the_bounds_themselves_fit() -> None:
    label, name = "x" * 63, f"{'x.' * 123}example"
    held = f"{{MX: [65535 {label}.b], TXT: ['\\255'], A: {{ttl: 0, values: []}}}}"
    text = f"answers: {{{label}.example: nxdomain, {name}: nodata, a.b: {held}}}"

    assert read(text).faults == ()


def test_a_file_that_could_not_be_taken_as_text_keeps_that_fault() -> None:
    source = Source("answers.yaml", "")
    fault = SourceFault(Span(source, 0, 0), "yaml-syntax", "the file is UTF-16")

    assert read_recording(source, fault) == Recording({}, False, (fault,))


def test_several_mistakes_are_all_reported() -> None:
    text = "versoin: 1\nanswers:\n  a.example: nope\n  b.example: {A: [x], MX: [z a..b c]}\n"

    assert [fault.span.text for fault in read(text).faults] == ["versoin", "nope", "x", "z", "a..b", "c"]


def test_an_empty_file_and_a_broken_one_say_so() -> None:
    assert [fault.kind for fault in read("").faults] == ["answers"]
    assert [fault.kind for fault in read("answers: {a: [").faults] == ["yaml-syntax"]
    assert next(fault.kind for fault in read("answers: {a.b: nodata, a.b: nxdomain}").faults) == "yaml-duplicate-key"
    assert [fault.kind for fault in read("answers: {? [x] : nxdomain}").faults] == ["yaml-syntax"]


def test_what_has_a_fault_is_unknown_in_a_complete_file_too() -> None:
    text = "complete: true\nanswers: {a.example: {A: [x], AAAA: {ttl: 1}, MX: maybe}, b.example: perhaps}"
    world = Recorded([read(text)])

    assert {world.lookup("a.example.", kind).status for kind in ("A", "AAAA", "MX")} == {"unknown"}
    assert world.lookup("b.example.", "A").status == "unknown"
    assert world.lookup("a.example.", "TXT").status == "nodata"


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """A value, a name and a whole file of anything: faults or answers, never an error."""
    read(text)
    quoted = json.dumps(text)
    for value in (f"{{x.example: {{TXT: [{quoted}], MX: [{quoted}], A: [{quoted}]}}}}", f"{{{quoted}: nodata}}"):
        read(f"answers: {value}")


@given(st.text(st.characters(codec="ascii", exclude_characters='"\\'), max_size=40).filter(lambda text: text.strip()))
def test_plain_text_is_itself_in_quotes_and_without(text: str) -> None:
    for written in (text, f'"{text}"', f'"{text[:5]}" "{text[5:]}"'):
        recording = read(json.dumps({"answers": {"x.example": {"TXT": [written]}}}))
        assert Recorded([recording]).lookup("x.example.", "TXT").values == (text,)


@given(st.binary(max_size=40))
def test_octets_survive_as_escapes(octets: bytes) -> None:
    written = "".join(f"\\{octet:03d}" for octet in octets)
    recording = read(json.dumps({"answers": {"x.example": {"TXT": [f'"{written}"']}}}))
    (text,) = Recorded([recording]).lookup("x.example.", "TXT").values

    assert isinstance(text, str)
    assert octets in (text.encode(), text.encode("latin-1", "replace"))


def test_twenty_thousand_names_are_read() -> None:
    names = {f"n{number}.example": {"A": ["192.0.2.1"]} for number in range(20_000)}

    assert len(read(json.dumps({"answers": names})).names) == 20_000


class Fixed:
    """A resolver that knows one name."""

    def __init__(self, name: str, answer: Answer) -> None:
        self.name = name
        self.answer = answer

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for that name, unknown for others."""
        return self.answer if name == self.name else Answer("unknown")


def test_a_chain_gives_the_first_answer_that_is_known() -> None:
    members: list[Resolver] = [
        recorded(),
        Fixed("spf.example.net.", Answer("nxdomain")),
        Fixed("x.example.", Answer("found", ("1",))),
    ]

    assert Chain(members).lookup("spf.example.net.", "A").values == ("192.0.2.1", "192.0.2.2")
    assert Chain(members[::-1]).lookup("spf.example.net.", "A").status == "nxdomain"
    assert Chain(members).lookup("x.example.", "A").values == ("1",)
    assert Chain(members).lookup("y.example.", "A") == Answer("unknown", owner="y.example.")


def test_a_chain_follows_aliases_from_one_member_into_another() -> None:
    other = recorded("answers: {elsewhere.example: {CNAME: [chain.example]}}")

    answer = Chain([other, recorded()]).lookup("lost.example.", "A")

    assert answer.values == ("192.0.2.1", "192.0.2.2")
    assert [step.name for step in answer.steps] == [
        "lost.example.",
        "elsewhere.example.",
        "chain.example.",
        "alias.example.",
    ]


def test_a_chain_ends_where_aliases_lead_in_circles_across_members() -> None:
    left = recorded("answers: {a.example: {CNAME: [b.example]}}")
    right = recorded("answers: {b.example: {CNAME: [a.example]}}")

    assert Chain([left, right]).lookup("a.example.", "A").status == "servfail"


def test_a_chain_knows_the_name_that_nobody_knows() -> None:
    answer = Chain([recorded()]).lookup("lost.example.", "A")

    assert (answer.status, answer.owner) == ("unknown", "elsewhere.example.")


DATED = """\
answers:
  gone.example: nxdomain
  part.example: {A: nodata}
  here.example: {TXT: {seen: 2026-11-02, values: [x]}}
  alias.example: {CNAME: {seen: 2026-10-01, values: [here.example]}}
  away.example: {CNAME: {seen: 2026-10-01, values: [elsewhere.example]}}
  loop.example: {CNAME: {seen: 2026-10-01, values: [loop.example]}}
"""


@pytest.mark.parametrize(
    ("name", "kind", "origin"),
    [
        ("gone.example.", "A", "answers.yaml"),
        ("part.example.", "A", "answers.yaml"),
        ("here.example.", "TXT", "answers.yaml, seen 2026-11-02"),
        ("alias.example.", "TXT", "answers.yaml, seen 2026-10-01 and answers.yaml, seen 2026-11-02"),
        ("away.example.", "TXT", "answers.yaml, seen 2026-10-01"),
        ("loop.example.", "TXT", "answers.yaml, seen 2026-10-01"),
        ("other.example.", "TXT", ""),
    ],
)
def test_every_answer_tells_whose_word_it_is(name: str, kind: str, origin: str) -> None:
    world = recorded(DATED)
    assert world.lookup(name, kind).origin == origin
    assert Chain([world]).lookup(name, kind).origin == origin


def test_what_a_complete_file_leaves_out_is_that_files_word() -> None:
    world = recorded("complete: true\n" + DATED)
    assert world.lookup("other.example.", "A").origin == "answers.yaml"
    assert world.lookup("here.example.", "A").origin == "answers.yaml"


def test_an_alias_in_one_file_and_its_target_in_another_name_both() -> None:
    other = Recorded([read_recording(Source("other.yaml", "answers: {elsewhere.example: nxdomain}"))])

    answer = Chain([recorded(DATED), other]).lookup("away.example.", "TXT")

    assert (answer.status, answer.origin) == ("nxdomain", "answers.yaml, seen 2026-10-01 and other.yaml")


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    count = 0

    def note(frame: object, event: str, held: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("complete", ["", "complete: true\n"])
def test_twice_the_names_are_twice_the_work(complete: str) -> None:
    def work(size: int) -> None:
        lines = "".join(f"  a.b.n{number}.example: {{A: [192.0.2.1], CNAME: nodata}}\n" for number in range(size))
        world = Recorded([read(f"{complete}answers:\n{lines}")])
        assert world.lookup("a.b.n1.example.", "A").status == "found"
        world.lookup("b.n1.example.", "A")

    work(10)
    assert calls(lambda: work(2000)) < 2.2 * calls(lambda: work(1000))


def test_who_knows_an_alias_is_asked_no_further_about_its_name() -> None:
    first = recorded("version: 1\nanswers: {a.example: {CNAME: [b.example]}}")
    second = recorded("version: 1\nanswers: {a.example: {A: [192.0.2.1]}, b.example: {A: [192.0.2.2]}}")

    assert Chain([first, second]).lookup("a.example.", "A").values == ("192.0.2.2",)
