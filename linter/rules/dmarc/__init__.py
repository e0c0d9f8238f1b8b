"""DMARC: whether a policy governs each name, and whether receivers read it as it was meant."""
