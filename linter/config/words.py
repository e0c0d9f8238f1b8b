"""Words that configurations and options share."""

SEVERITY_WORDS = ("error", "warning", "info", "off")
FAIL_ON = ("error", "warning", "info", "never")
