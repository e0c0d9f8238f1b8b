"""What the readers of files have found: YAML, and the shape of records and values."""

from collections.abc import Iterator

from mailzone import ERROR, FILE, INFO, OFF, WARNING, Complaint, Facts, Fix, Related, complaint, fault_rules, rule


@fault_rules(
    {
        "yaml-syntax": ("yaml-syntax", ERROR, "YAML 1.1"),
        "yaml-duplicate-key": ("yaml-duplicate-key", ERROR, "YAML 1.1 section 3.2.1.3"),
        "yaml-limits": ("yaml-limits", ERROR, "mailzone's own: 16 MiB and 64 levels of a file"),
        "zone-shape": ("zone-shape", ERROR, "octoDNS docs/records.md"),
        "zone-value-shape": ("zone-value-shape", WARNING, "octoDNS docs/records.md"),
        "zone-key-type": ("zone-key-type", WARNING, "YAML 1.1"),
        "not-a-zone": ("not-a-zone", INFO, "octoDNS docs/records.md"),
        "zone-name-conflict": ("zone-name-conflict", ERROR, "octoDNS README.md, `zones` of the configuration"),
        "zone-processor-unknown": ("zone-processor-unknown", INFO, "octoDNS README.md, Processors"),
        "unused-ignore": ("unused-ignore", WARNING, "mailzone's own: comments that ignore findings"),
        "ignore-without-reason": ("ignore-without-reason", OFF, "mailzone's own: comments that ignore findings"),
    },
    when=FILE,
)
def file_faults(facts: Facts, kind: str) -> Iterator[Complaint]:
    """The zone's faults of one kind, as complaints."""
    for fault in facts.zone.faults:
        if fault.kind == kind:
            related = tuple(Related(span, message) for span, message in fault.related)
            fix = Fix(erased=(fault.spare,)) if fault.spare is not None else None
            yield complaint(fault.span, fault.message, help=fault.help, related=related, fix=fix)


@rule("zone-declared-twice", ERROR, "RFC 1034 section 4.2", when=FILE)
def zone_declared_twice(facts: Facts) -> Iterator[Complaint]:
    """Zones of two files; milder where it is known which of them is read."""
    yield from file_faults(facts, "zone-declared-twice")
    for made in file_faults(facts, "zone-not-read"):
        yield made._replace(severity="warning")
