"""The files of policies/providers, read; what runs reads the catalogue made of them, this is for making it."""

import os
from collections.abc import Iterator

from linter.source.file import read_source
from linter.source.plain import PlainValue, plain_value
from linter.source.yaml_reader import read_yaml


def provider_documents(folder: str) -> Iterator[tuple[str, dict[str, PlainValue]]]:
    """Every file of a folder, in the order of the names: its path and what it holds. Raises ValueError."""
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".yaml"):
            continue
        path = os.path.join(folder, name)
        source, fault = read_source(path)
        tree = read_yaml(source)
        if fault or tree.faults or tree.root is None:
            raise ValueError(f"{path}: {(fault or tree.faults[0]).message if fault or tree.faults else 'empty'}")
        document = plain_value(tree.root)
        if not isinstance(document, dict):
            raise ValueError(f"{path}: expected a mapping")
        yield path, document
