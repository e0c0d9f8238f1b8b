"""A rule's manual: its docstring cut into the fault, the reasons, and the examples that are executed."""

from linter.source.frozen import Frozen

MARK = "# <-"
FILE = "# file:"
DEFAULT_FILE = "example.com.yaml"


class Block(Frozen):
    """One fenced block: its language ("yaml", "config", "dns", "live") and its text."""

    language: str
    text: str

    def files(self) -> dict[str, str]:
        """The files of a block of zones by their names; `# file: NAME` opens the next one."""
        files: dict[str, list[str]] = {}
        current: list[str] | None = None
        for line in self.text.splitlines():
            if line.startswith(FILE):
                current = files.setdefault(line.removeprefix(FILE).strip(), [])
            elif current is None:
                current = files.setdefault(DEFAULT_FILE, [line])
            else:
                current.append(line)
        return {name: "\n".join(lines) + "\n" for name, lines in files.items()}


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
