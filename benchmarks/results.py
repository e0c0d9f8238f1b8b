"""What a run of the benchmark has found, as it is written and read."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import Ratio, Spread

FOLDER = Path(__file__).with_name("results")


class Row(NamedTuple):
    """A work of ours in units of another, under the words of both; `jobs` is what `-j` was, "" where there is none."""

    group: str
    work: str
    against: str
    jobs: str
    ratio: Ratio


class Growth(NamedTuple):
    """What a work costs at several sizes, in units of the smallest; the exponent is without what all cost alike."""

    work: str
    of: str
    costs: Mapping[int, float]
    exponent: float


class Results(NamedTuple):
    """A whole run: its day, the commit, on what, and what it found; `left_out` says what could not be run and why."""

    date: str
    commit: str
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    digests: Mapping[str, str]
    rows: Sequence[Row]
    growth: Sequence[Growth]
    left_out: Sequence[str]

    def row(self, work: str, against: str, jobs: str = "1") -> Row:
        """The row under these words. Raises LookupError where there is none."""
        for row in self.rows:
            if (row.work, row.against, row.jobs) == (work, against, jobs):
                return row
        raise LookupError(f"no row of {work} against {against} with -j {jobs}")


def to_json(results: Results) -> str:
    """The results as text, numbers with three digits."""
    plain = results._asdict()
    plain["rows"] = [
        row._asdict() | {"ratio": row.ratio._asdict() | {"cpu": row.ratio.cpu._asdict()}} for row in results.rows
    ]
    plain["growth"] = [growth._asdict() for growth in results.growth]
    return json.dumps(_rounded(plain), indent=1) + "\n"


def from_json(text: str) -> Results:
    """The results back from their text."""
    plain: dict[str, Any] = json.loads(text)
    rows = [Row(**row | {"ratio": _ratio(row["ratio"])}) for row in plain.pop("rows")]
    growth = [
        Growth(**found | {"costs": {int(size): cost for size, cost in found["costs"].items()}})
        for found in plain.pop("growth")
    ]
    return Results(**plain, rows=rows, growth=growth)


def _ratio(plain: dict[str, Any]) -> Ratio:
    return Ratio(**plain | {"cpu": Spread(**plain["cpu"])})


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(held) for held in value]
    return float(f"{value:.3g}") if isinstance(value, float) else value
