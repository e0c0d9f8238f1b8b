"""How hypothesis works in every test: no verdict depends on how busy the machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile("mailzone", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mailzone")
