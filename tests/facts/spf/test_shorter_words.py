"""A way under the limit of lookups in words: one line of bounded length, or a line for each step."""

import pytest

from linter.facts.spf.shorter import Shorter, Step
from linter.facts.spf.shorter_words import in_short, step_by_step

DOMAIN = "example.com."
SUBDOMAIN = "let a service send from a subdomain, which has a separate record"
RECORD = "v=spf1 -all"
GONE = Step("a:gone.example", "", "which finds no address", 11)
WRITTEN = Step("mx", "ip4:50.0.0.1 ip4:50.0.0.2", "", 10)
MOVED = Step("a", "ip4:50.0.0.0/24", "whose addresses are in `ip4:50.0.0.0/24`", 9)


def found(
    *steps: Step, left: int = 10, name: str = DOMAIN, choices: tuple[Step, ...] = (), one: bool = True
) -> Shorter:
    return Shorter(name, steps, RECORD, left, choices, one)


def candidates(count: int) -> tuple[Step, ...]:
    """Terms that may go if nothing is sent through them."""
    return tuple(Step(f"include:{number}.example", "", "", 9 - number) for number in range(count))


@pytest.mark.parametrize(
    ("step", "at_least", "said"),
    [
        (GONE, False, "delete `a:gone.example`, which finds no address (then 11)"),
        (GONE, True, "delete `a:gone.example`, which finds no address (then at least 11)"),
        (WRITTEN, False, "write `ip4:50.0.0.1 ip4:50.0.0.2` for `mx` (then 10)"),
        (MOVED, False,
         "move `ip4:50.0.0.0/24` to the place of `a`, whose addresses are in `ip4:50.0.0.0/24` (then 9)"),
    ],
)  # fmt: skip
def test_a_step_in_words(step: Step, at_least: bool, said: str) -> None:
    way = found(step)

    assert in_short(way, DOMAIN, at_least) == said
    assert list(step_by_step(way, DOMAIN, at_least)) == [said, f"the record after this: {RECORD}"]


ONE = "if nothing is sent through it any more, delete `include:0.example` (then 9)"
WAYS = [
    (found(), "", []),
    (found(left=11), "", [SUBDOMAIN]),
    (found(GONE, left=11), f"delete `a:gone.example`, which finds no address (then 11); {SUBDOMAIN}",
     ["delete `a:gone.example`, which finds no address (then 11)", SUBDOMAIN, f"the record after this: {RECORD}"]),
    (found(left=11, choices=candidates(1)), ONE, [ONE, f"or {SUBDOMAIN}"]),
    (found(left=10, choices=candidates(1)), "", []),
    (found(GONE, WRITTEN, name="_spf.example.com."),
     "in `_spf.example.com` delete `a:gone.example`, which finds no address (then 11); "
     "write `ip4:50.0.0.1 ip4:50.0.0.2` for `mx` (then 10)",
     ["delete `a:gone.example`, which finds no address (then 11)",
      "write `ip4:50.0.0.1 ip4:50.0.0.2` for `mx` (then 10)",
      f"the record at `_spf.example.com` after these steps: {RECORD}"]),
    (found(left=11, name="_spf.example.com."), "", [SUBDOMAIN]),
    (found(GONE, left=11, choices=candidates(1)),
     f"delete `a:gone.example`, which finds no address (then 11); {ONE}",
     ["delete `a:gone.example`, which finds no address (then 11)", ONE, f"or {SUBDOMAIN}",
      f"the record after this: {RECORD}"]),
]  # fmt: skip


@pytest.mark.parametrize(("way", "short", "long"), WAYS, ids=[f"{number}" for number in range(len(WAYS))])
def test_a_way_in_words(way: Shorter, short: str, long: list[str]) -> None:
    assert in_short(way, DOMAIN, False) == short
    assert list(step_by_step(way, DOMAIN, False)) == long


@pytest.mark.parametrize(
    ("count", "more"),
    [(4, ""), (5, "; 1 more steps by `mailzone spf --shorten example.com`"),
     (9, "; 5 more steps by `mailzone spf --shorten example.com`")],
)  # fmt: skip
def test_one_line_holds_four_steps(count: int, more: str) -> None:
    way = found(*(Step(f"a:h{number}", "", "which finds no address", 20 - number) for number in range(count)))
    shown = [f"delete `a:h{number}`, which finds no address (then {20 - number})" for number in range(count)]

    assert in_short(way, DOMAIN, False) == "; ".join(shown[:4]) + more
    assert list(step_by_step(way, DOMAIN, False))[:-1] == shown


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (3, 3), (4, 3)])
def test_one_of_several_terms_is_enough(count: int, shown: int) -> None:
    each = [f"`include:{number}.example` (then at least {9 - number})" for number in range(shown)]

    assert in_short(found(left=11, choices=candidates(count)), DOMAIN, True) == (
        f"if nothing is sent through it any more, delete {', or '.join(each)}"
    )


@pytest.mark.parametrize(("count", "shown"), [(2, 2), (8, 8), (9, 8)])
def test_several_terms_go_together(count: int, shown: int) -> None:
    each = [f"`include:{number}.example` (then {9 - number})" for number in range(shown)]

    assert in_short(found(left=11, choices=candidates(count), one=False), DOMAIN, False) == (
        f"if nothing is sent through them any more, delete {', then '.join(each)}"
    )


def test_long_terms_and_names_are_cut() -> None:
    long = Step(f"include:{'a' * 300}.example", f"ip4:{'b' * 900}", "", 10)
    way = found(long, name=f"{'c' * 200}.example.com.")
    said = in_short(way, DOMAIN, False)

    assert len(said) == len("in `` write `` for `` (then 10)") + 80 + 300 + 100
    assert said.count("…") == 3
    assert in_short(found(Step("a\x1b[31m", "", "which finds no address", 10)), DOMAIN, False).isprintable()
