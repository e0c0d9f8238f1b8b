"""What is said where PyYAML was built without libyaml, whose events zones are read from."""


class NoLibyaml(ImportError):
    """PyYAML is there and cannot read by libyaml."""

    def __init__(self, reason: ImportError) -> None:
        way_out = "install libyaml (`libyaml-dev`), then `pip install --force-reinstall --no-cache-dir pyyaml`"
        super().__init__(f"PyYAML was built without libyaml ({reason}); {way_out}, or use a wheel of PyYAML")
