"""`.mailzone.yaml` and profiles: which rules, how severe, with which options, over which zones."""
