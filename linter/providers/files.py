"""The files of policies/, read as plain values; a check reads only what is generated from them."""

import os
from collections.abc import Iterator

from linter.source.file import read_source
from linter.source.inputs import shipped
from linter.source.plain import plain_value
from linter.source.typed import Any
from linter.source.yaml_reader import read_yaml


def policies_folder() -> str:
    """Where policies/ lies."""
    return shipped("policies")


def document_at(path: str) -> dict[str, Any]:
    """What a file holds. Raises ValueError where it is not YAML, or no mapping."""
    source, fault = read_source(os.path.realpath(path))  # the package may lie behind a link in the repository
    tree = read_yaml(source)
    faults = (fault, *tree.faults) if fault else tree.faults
    document = None if faults or tree.root is None else plain_value(tree.root)
    if not isinstance(document, dict):
        raise ValueError(f"{path}: {faults[0].message if faults else 'expected a mapping'}")
    return document


def provider_documents(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every provider's file in a folder, in the order of the names: its path and what it holds."""
    for name in sorted(os.listdir(folder)):
        if name.endswith(".yaml"):
            path = os.path.join(folder, name)
            yield path, document_at(path)
