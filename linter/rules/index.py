"""Every rule's name, family, severity and summary, so that a run loads only what it needs; generated."""

ENTRIES: tuple[tuple[str, str, str, str], ...] = (
    ("yaml-syntax", "source", "error", "A file is no YAML, so nothing in it can be checked or published."),
    (
        "yaml-duplicate-key",
        "source",
        "error",
        "A key stands twice in one mapping, and the earlier one is lost without a word.",
    ),
    ("yaml-limits", "source", "error", "A file is larger or deeper than any zone, or its aliases expand without end."),
    ("zone-shape", "source", "error", "A record does not have the shape of its type, so it cannot be published."),
    (
        "zone-value-shape",
        "source",
        "warning",
        "A value can be read here, but octoDNS reads it otherwise or not at all.",
    ),
    ("zone-key-type", "source", "warning", "A name is turned into nothing, a number, a date or a boolean by YAML."),
    ("not-a-zone", "source", "info", "A YAML file among the zones is none and was skipped."),
    (
        "semicolons-escaped-inconsistently",
        "source",
        "warning",
        "Some semicolons of a file are escaped and some are not.",
    ),
    ("spf-syntax", "spf", "error", "An SPF record does not parse, so receivers treat all of it as broken."),
    (
        "spf-unknown-mechanism",
        "spf",
        "error",
        "An SPF record holds a word that is no mechanism, and so is broken as a whole.",
    ),
    ("spf-invalid-address", "spf", "error", "An `ip4` or `ip6` term of an SPF record has no valid address or prefix."),
    ("spf-invalid-macro", "spf", "error", "An SPF record holds a percent sign that begins no macro."),
    (
        "spf-version-misspelt",
        "spf",
        "error",
        "A text was plainly meant as an SPF record, but receivers do not see it as one.",
    ),
    (
        "spf-multiple-records",
        "spf",
        "error",
        "A name has several SPF records, which receivers answer with a permanent error.",
    ),
    ("spf-duplicate-modifier", "spf", "error", "An SPF record has `redirect=` or `exp=` twice."),
    (
        "spf-record-type",
        "spf",
        "error",
        "An SPF record is published as record type SPF, which receivers do not ask for.",
    ),
    ("spf-redirect-with-all", "spf", "warning", "An SPF record has `redirect=`, but its `all` switches it off."),
    ("spf-term-after-all", "spf", "warning", "Mechanisms stand behind `all`, where nobody reads them."),
    ("spf-missing-all", "spf", "warning", "An SPF record ends without `all` and without `redirect`."),
    ("spf-pass-all", "spf", "error", "An SPF record ends with `+all`: everybody in the world may send as this domain."),
    ("spf-neutral-all", "spf", "warning", "An SPF record ends with `?all`, which says nothing about other senders."),
    ("spf-ptr", "spf", "warning", "An SPF record makes receivers ask for PTR records."),
    ("spf-address-as-host", "spf", "error", "An SPF term that takes a name has an IP address instead."),
    ("spf-missing", "spf", "warning", "A name that takes part in mail has no SPF record."),
)

NAMES = frozenset(entry[0] for entry in ENTRIES)
