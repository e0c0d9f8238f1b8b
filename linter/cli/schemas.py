"""`mailzone schema`: the JSON Schemas of everything that is read or printed."""

import sys

from linter.rules.known import plugged
from linter.source.inputs import shipped
from linter.source.typed import Any, Protocol

from .options import SCHEMAS
from .streams import write_lines

KINDS = SCHEMAS


class SchemaOptions(Protocol):
    """Of which kind of document the schema is asked for."""

    kind: str


def print_schema(options: SchemaOptions) -> int:
    """The JSON Schema of a kind of document."""
    write_lines([_as_shipped(options.kind) or _as_made(options.kind)], sys.stdout)
    return 0


def _as_shipped(kind: str) -> str:
    """The text that comes with mailzone; "" where rules of other people have their part in it.

    To make it all rules must be loaded, which takes half of the time.
    """
    if plugged():
        return ""
    try:
        with open(shipped("policies", "schemas", f"{kind}.schema.json"), encoding="utf-8") as file:
            return file.read().rstrip("\n")
    except OSError:
        return ""


def _as_made(kind: str) -> str:
    import json

    return json.dumps(schema_of(kind), indent=2)


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
