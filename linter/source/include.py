"""`!include`: another file in the place of a value, from inside the repository and nowhere else."""

import os

from .file import Unreadable, read_source
from .repository import lies_in
from .text import SourceFault, Span
from .tree import Mapping, Plain, Scalar, Sequence, unalias

MAX_FILES = 100
"""Files that one zone file may include, in all and over all levels."""
MAX_LEVELS = 8
"""Files included by included files."""


class Includer:
    """Reads included files for one zone file; `root` is the folder that they must lie in.

    `opened` are the real paths of those being read, `read` of all that were; `named` are all that were to be read, as
    they are spelled.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.opened: list[str] = []
        self.read: set[str] = set()
        self.named: set[str] = set()
        self.count = 0

    def __call__(self, node: Scalar | Sequence) -> Plain | SourceFault:
        """The value that stands in the named file, or in all files of a list put together."""
        if isinstance(node, Scalar):
            return self._one(node, node)
        parts: list[Plain] = []
        for item in node.items:
            plain, _ = unalias(item)
            part = self._one(node, plain) if isinstance(plain, Scalar) else None
            if part is None or isinstance(part, SourceFault):
                return part or SourceFault(
                    item.span, "yaml-syntax", "`!include` must be followed by the path of a file"
                )
            parts.append(part)
        return _joined(node, parts)

    def _one(self, use: Scalar | Sequence, name: Scalar) -> Plain | SourceFault:
        path = os.path.join(os.path.dirname(use.source.path), name.text)
        try:
            real = os.path.realpath(path)
            self.opened = self.opened or [os.path.realpath(use.source.path)]
        except ValueError:  # a null byte, which a double-quoted scalar can hold
            return SourceFault(name.span, "yaml-syntax", "not a path: it has a null byte")
        if not name.text:
            return SourceFault(name.span, "yaml-syntax", "`!include` must be followed by the path of a file")
        if os.path.isabs(name.text) or not lies_in(real, self.root):
            message = f"`{name.text}` lies outside the repository and is not read"
            return SourceFault(name.span, "yaml-syntax", message)
        if real in self.opened:
            return SourceFault(name.span, "yaml-limits", f"`{name.text}` includes itself")
        if len(self.opened) > MAX_LEVELS:
            return SourceFault(name.span, "yaml-limits", f"files include each other over more than {MAX_LEVELS} levels")
        self.count += 1
        if self.count > MAX_FILES:
            return SourceFault(name.span, "yaml-limits", f"more than {MAX_FILES} files are included")
        return self._read(name, path, real)

    def _read(self, name: Scalar, path: str, real: str) -> Plain | SourceFault:
        self.named.add(path)
        from .yaml_reader import read_yaml  # few files include others

        try:
            source, fault = read_source(path)
        except Unreadable as error:
            return SourceFault(name.span, "yaml-syntax", f"`{name.text}` cannot be included: {error.reason}")
        self.opened.append(real)
        self.read.add(real)
        try:
            tree = read_yaml(source, self)
        finally:
            self.opened.pop()
        faults = (fault, *tree.faults) if fault else tree.faults
        if faults:
            first = faults[0]
            related = ((first.span, first.message), *first.related)
            message = f"`{name.text}` cannot be included as it is"
            return SourceFault(name.span, first.kind, message, first.help, related)
        if tree.root is None:
            return Scalar(source, 0, 0, "")
        return unalias(tree.root)[0]


def _joined(node: Sequence, parts: list[Plain]) -> Plain | SourceFault:
    """Mappings become one (the later wins), lists are put end to end."""
    source, start, end = node.source, node.start, node.end
    mappings = [part for part in parts if isinstance(part, Mapping)]
    if parts and len(mappings) == len(parts):
        keys = tuple(key for part in mappings for key in part.keys)
        return Mapping(source, start, end, keys, tuple(value for part in mappings for value in part.values))
    lists = [part for part in parts if isinstance(part, Sequence)]
    if len(lists) == len(parts):
        return Sequence(source, start, end, tuple(item for part in lists for item in part.items))
    message = "files of mappings and files of lists cannot be combined"
    return SourceFault(Span(source, start, end), "yaml-syntax", message)
