"""The file itself: YAML, the shape of records, and what YAML makes of names and values."""

from . import (
    not_a_zone,
    semicolons_escaped_inconsistently,
    yaml_duplicate_key,
    yaml_limits,
    yaml_syntax,
    zone_key_type,
    zone_shape,
    zone_value_shape,
)

RULES = (
    yaml_syntax.RULE,
    yaml_duplicate_key.RULE,
    yaml_limits.RULE,
    zone_shape.RULE,
    zone_value_shape.RULE,
    zone_key_type.RULE,
    not_a_zone.RULE,
    semicolons_escaped_inconsistently.RULE,
)
