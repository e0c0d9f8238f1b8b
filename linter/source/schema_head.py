"""How every JSON Schema of ours begins: its dialect, and the address at which it is published."""

from linter import HOMEPAGE

from .typed import Any


def schema_head(kind: str, title: str) -> dict[str, Any]:
    """The first entries of the schema of a kind of document; editors and validators know it by its `$id`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{HOMEPAGE}/raw/main/policies/schemas/{kind}.schema.json",
        "title": title,
    }
