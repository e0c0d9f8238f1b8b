"""How hypothesis works in every test: no verdict depends on how busy the machine is, nor on chance but in long runs."""

import os

from hypothesis import HealthCheck, settings

IS_LONG = "MAILZONE_FUZZ" in os.environ
"""Whether examples are drawn anew, as each night; else a commit has one verdict, whoever asks."""

settings.register_profile(
    "mailzone",
    deadline=None,
    derandomize=not IS_LONG,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("mailzone")
