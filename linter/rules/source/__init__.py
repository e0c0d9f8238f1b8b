"""The file itself: YAML, the shape of records, and what YAML makes of names and values."""

# The rules of this family by their files, in the order of the catalogue; imported one by one when needed.
FILES = (
    "yaml_syntax",
    "yaml_duplicate_key",
    "yaml_limits",
    "zone_shape",
    "zone_value_shape",
    "zone_key_type",
    "not_a_zone",
    "semicolons_escaped_inconsistently",
    "zone_declared_twice",
    "zone_name_conflict",
    "zone_processor_unknown",
)
