"""What follows from records about hosts: MX, SRV, and whose they are."""
