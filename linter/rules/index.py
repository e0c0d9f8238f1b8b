"""Every rule's name, family, severity and summary, so that a run loads only what it needs; generated."""

ENTRIES: tuple[tuple[str, str, str, str], ...] = (
    ("yaml-syntax", "source", "error", "A file is no YAML, so nothing in it can be checked or published."),
    (
        "yaml-duplicate-key",
        "source",
        "error",
        "A key stands twice in one mapping, and the earlier one is lost without a word.",
    ),
    (
        "yaml-limits",
        "source",
        "error",
        "A file is larger or deeper than any zone, or its aliases expand without end.",
    ),
    (
        "zone-shape",
        "source",
        "error",
        "A record does not have the shape of its type, so it cannot be published.",
    ),
    (
        "zone-value-shape",
        "source",
        "warning",
        "A value can be read here, but octoDNS reads it otherwise or not at all.",
    ),
    (
        "zone-key-type",
        "source",
        "warning",
        "A name is turned into nothing, a number, a date or a boolean by YAML.",
    ),
    ("not-a-zone", "source", "info", "A YAML file among the zones is none and was skipped."),
    (
        "semicolons-escaped-inconsistently",
        "source",
        "warning",
        "Some semicolons of a file are escaped and some are not.",
    ),
)

NAMES = frozenset(entry[0] for entry in ENTRIES)
