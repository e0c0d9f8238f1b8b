"""What vendors of mail need in DNS, and how they are recognised: data with sources and dates, no judgement."""

VERIFICATION = "verification"
"""The style of hosts that only prove ownership, whatever the provider's file calls it."""
