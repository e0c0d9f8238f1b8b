"""The JSON Schema of what `plan -f json` prints."""

from linter.finding import SEVERITIES
from linter.source.typed import Any

from .schema_shapes import (
    COUNT,
    FLAG,
    MAYBE_PLACE,
    MAYBE_TEXT,
    PLACE,
    TEXT,
    TEXTS,
    VERSION,
    a_list,
    a_row,
    a_wait,
    an_object,
    or_null,
)


def plan_report() -> dict[str, Any]:
    """The document: stages with their steps, what is refused, and what is wrong already."""
    stage = an_object(name=TEXT, people=TEXTS, point_of_no_return=MAYBE_TEXT, steps=a_list(_step()))
    place: dict[str, Any] = {"path": MAYBE_TEXT, "line": MAYBE_PLACE, "column": MAYBE_PLACE}
    here: dict[str, Any] = {"path": TEXT, "line": PLACE, "column": PLACE}
    return an_object(
        description="of `plan`; `standing` are errors that the zones have already; null is what is not there",
        version=VERSION,
        title=TEXT,
        safety={"enum": ["rfc", "cautious"]},
        stages=a_list(stage),
        totals=an_object(seconds=COUNT, cautious_seconds=COUNT),
        refusals=a_list(an_object(law=TEXT, message=TEXT, **place, insert=TEXT)),
        standing=a_list(an_object(rule=TEXT, severity={"enum": list(SEVERITIES)}, message=TEXT, **here)),
    )


def _step() -> dict[str, Any]:
    record_set = or_null(an_object(ttl=COUNT, values=TEXTS))
    return an_object(
        description="`due`: nothing but time is in its way; `safe`: mail works if one stops after it",
        id=TEXT,
        title=TEXT,
        laws=TEXTS,
        reason=TEXT,
        due=FLAG,
        safe=FLAG,
        changes=a_list(an_object(zone=TEXT, name=TEXT, type=TEXT, before=record_set, after=record_set)),
        files=a_list(an_object(path=TEXT, what=TEXT)),
        declare=TEXTS,
        gates=a_list(an_object(id=TEXT, text=TEXT, source=TEXT, done=FLAG)),
        missing=a_list(an_object(what=TEXT, where=TEXT)),
        wait=a_wait(),
        verify=TEXTS,
        back=an_object(how=TEXT, seconds=COUNT),
        senders=a_list(a_row()),
    )
