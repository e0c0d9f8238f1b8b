"""The JSON Schemas of everything that is read or printed, by the names that `mailzone schema` knows."""

from typing import Any

from linter.config.schemas import KINDS as READ
from linter.config.schemas import schema_of as schema_of_document

KINDS = (*READ, "plan", "report")


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of document."""
    if kind == "plan":
        from linter.plan.shape import plan_schema

        return plan_schema()
    if kind == "report":
        from linter.report.schema import report_schema

        return report_schema()
    return schema_of_document(kind)
