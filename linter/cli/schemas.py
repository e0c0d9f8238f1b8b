"""`mailzone schema`: the JSON Schemas of everything that is read or printed."""

import json
import sys
from typing import Any, Protocol

from .options import SCHEMAS
from .streams import write_lines

KINDS = SCHEMAS


class SchemaOptions(Protocol):
    """Of which kind of document the schema is asked for."""

    kind: str


def print_schema(options: SchemaOptions) -> int:
    """The JSON Schema of a kind of document."""
    write_lines([json.dumps(schema_of(options.kind), indent=2)], sys.stdout)
    return 0


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of document; no module of another kind is loaded."""
    if kind == "plan":
        from linter.plan.shape import plan_schema

        return plan_schema()
    if kind == "report":
        from linter.report.schema import report_schema

        return report_schema()
    from linter.config.schemas import schema_of as schema_of_document

    return schema_of_document(kind)
