"""A rule's manual: its docstring cut into the fault, the reasons, and the examples that are executed."""

from collections.abc import Iterator

from linter.source.frozen import Frozen

MARK = "# <-"
FILE = "# file:"
DEFAULT_FILE = "example.com.yaml"
CLEAN_MAIL = "with: clean-mail"
"""The first line of a block whose zone has what every zone with mail should have, beside what it is about."""
_CLEAN = {
    "_dmarc:": "{type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}",
    "._domainkey:": "{type: CNAME, value: s1.keys.example.net.}",
}


class Block(Frozen):
    """One fenced block: its language ("yaml", "config", "dns", "live") and its text."""

    language: str
    text: str

    def files(self) -> dict[str, str]:
        """The files of a block of zones by their names; `# file: NAME` opens the next one.

        After a first line CLEAN_MAIL the first file has a policy and a selector too, unless it has its own.
        """
        files: dict[str, list[str]] = {}
        current: list[str] | None = None
        lines = self.text.splitlines()
        is_clean = lines[:1] == [CLEAN_MAIL]
        for line in lines[is_clean:]:
            if line.startswith(FILE):
                current = files.setdefault(line.removeprefix(FILE).strip(), [])
            elif current is None:
                current = files.setdefault(DEFAULT_FILE, [line])
            else:
                current.append(line)
        for lines in [*files.values()][:is_clean]:
            lines += _clean(lines)
        return {name: "\n".join(lines) + "\n" for name, lines in files.items()}


def _clean(lines: list[str]) -> Iterator[str]:
    """What a zone lacks of clean mail, written as its own records are."""
    indent = "  " if "records:" in lines else ""
    for end, record in _CLEAN.items():
        if not any(
            line.startswith(indent) and line.partition(" #")[0].split("{")[0].rstrip().endswith(end) for line in lines
        ):
            name = f"s1{end}" if end.startswith(".") else end
            yield f"{indent}{name} {record}"


def as_written(name: str, text: str) -> str:
    """A file of an example as it goes to disk: only YAML has comments, so marks are taken off any other."""
    if name.endswith((".yaml", ".yml")):
        return text
    return "".join(f"{line.partition(MARK)[0].rstrip()}\n" for line in text.splitlines())


class Section(Frozen):
    """A part of the manual under one heading; the first one has the heading ""."""

    heading: str
    prose: str
    blocks: tuple[Block, ...]


class Mark(Frozen):
    """A line of an example that must be reported: where, and words of the message; `rule` if it is another's."""

    file: str
    line: int
    words: str
    rule: str


def sections(manual: str) -> tuple[Section, ...]:
    """Cut a manual at its `## ` headings and its fenced blocks."""
    found: list[Section] = []
    heading, prose, blocks = "", list[str](), list[Block]()
    language: str | None = None
    code: list[str] = []
    for line in manual.strip().splitlines():
        if language is not None:
            if line.strip() == "```":
                blocks.append(Block(language, "\n".join(code) + "\n"))
                language, code = None, []
            else:
                code.append(line)
        elif line.startswith("```"):
            language = line[3:].strip() or "yaml"
        elif line.startswith("## "):
            found.append(Section(heading, "\n".join(prose).strip(), tuple(blocks)))
            heading, prose, blocks = line[3:].strip(), [], []
        else:
            prose.append(line)
    found.append(Section(heading, "\n".join(prose).strip(), tuple(blocks)))
    return tuple(found)


def marks(files: dict[str, str]) -> tuple[Mark, ...]:
    """The marks in an example's files: `# <- words` or `# <- [other-rule] words`."""
    found = []
    for name, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            _, mark, words = line.partition(MARK)
            if mark:
                words, rule = words.strip(), ""
                if words.startswith("["):
                    rule, _, words = words[1:].partition("]")
                found.append(Mark(name, number, words.strip(), rule))
    return tuple(found)
