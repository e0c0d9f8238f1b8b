"""DKIM keys: whether verifiers can use what stands at a selector."""
