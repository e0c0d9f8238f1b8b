"""Ratios are taken run by run, exponents without what all sizes cost alike, and children count."""

import sys
from pathlib import Path

import pytest

from benchmarks import quick
from benchmarks.measuring import Command, Spread, Taken, Wrong, exponent, in_turn, ratio, spread
from benchmarks.quick import GROWTH, Growing, grown
from benchmarks.workloads import wide


def command(script: str, folder: Path, *statuses: int) -> Command:
    return Command((sys.executable, "-c", script), folder, statuses or (0,))


def test_a_ratio_is_the_median_of_the_ratios_of_each_run() -> None:
    """The ratio of the medians would be 1."""
    ours = [Taken(1, 1, 10), Taken(2, 1, 10), Taken(9, 1, 10)]
    theirs = [Taken(2, 2, 5), Taken(4, 2, 5), Taken(1, 2, 5)]

    found = ratio(ours, theirs)

    assert found.cpu == Spread(0.5, 0.5, 9)
    assert [found.wall, found.memory, found.runs] == [0.5, 2, 3]
    assert found.megabytes == pytest.approx(0.01024)


def test_spread() -> None:
    assert spread([3, 1, 2]) == Spread(2, 1, 3)


@pytest.mark.parametrize("power", [0.5, 1.0, 1.74, 2.0])
def test_exponent_of_what_has_one_and_costs_something_at_any_size(power: float) -> None:
    costs = {size: 1_000 + 3 * size**power for size in (10, 100, 1_000, 10_000)}

    assert exponent(costs) == pytest.approx(power)


def test_exponent_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="proportion"):
        exponent({1: 1, 2: 2, 3: 3})


def test_what_children_cost_is_counted(tmp_path: Path) -> None:
    work = "sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"

    assert command(child, tmp_path).run().cpu > command(work, tmp_path).run().cpu


def test_memory_of_the_largest_process_is_counted_and_not_our_own(tmp_path: Path) -> None:
    held = bytearray(100_000_000)
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'bytearray(60_000_000)'])"

    assert command("pass", tmp_path).run().kib * 1024 < 60_000_000 < command(child, tmp_path).run().kib * 1024
    assert held


def test_a_command_that_fails_is_not_timed(tmp_path: Path) -> None:
    failing = command("print('why'); raise SystemExit(2)", tmp_path, 0, 1)

    with pytest.raises(Wrong, match="why"):
        in_turn({"failing": failing}, 1)


def test_runs_are_in_turn_and_the_first_answers_are_looked_at(tmp_path: Path) -> None:
    log = tmp_path / "log"
    seen: list[str] = []

    def noting(name: str) -> Command:
        script = f"print({name!r}, file=open({str(log)!r}, 'a')); print({name!r})"
        return command(script, tmp_path)._replace(check=seen.append)

    taken = in_turn({"a": noting("a"), "b": noting("b")}, 2)

    assert log.read_text().split() == ["a", "b"] * 3
    assert seen == ["a\n", "b\n"]
    assert [len(runs) for runs in taken.values()] == [2, 2]


def test_growth_of_counted_work_is_measured() -> None:
    assert "exponent" in grown(Growing(wide, (50, 100, 200)))


def test_growth_beyond_its_bound_fails() -> None:
    with pytest.raises(Wrong, match="exponent"):
        grown(Growing(lambda size: wide(size * size // 10), (20, 40, 80)))


def test_a_wrong_answer_fails_the_short_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = wide(5)
    expected = made.expected.copy()
    expected["spf-loop"] += 1
    monkeypatch.setattr(quick, "ANSWERS", {"an odd one": lambda: made._replace(expected=expected)})
    monkeypatch.setattr(quick, "MEMORY", {"a small one": (lambda: made, "text", 1)})
    monkeypatch.setattr(quick, "GROWTH", {})
    monkeypatch.setattr(quick, "MOST_CALLS", {"a small one too": (("zones",), 10)})

    assert quick.main() == 1
    said = capsys.readouterr().out
    assert "an odd one: FAILED, missing" in said
    assert "a small one: FAILED, " in said
    assert "calls for a further zone, a small one too: FAILED, " in said
    assert "0 of 3 hold" in said


def test_the_quadratic_one_is_watched() -> None:
    watched = GROWTH["includes of one SPF record"]

    assert watched.sizes[-1] == 16_000
    assert watched.most == 1.1
