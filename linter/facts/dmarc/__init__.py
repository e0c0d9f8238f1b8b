"""What follows from records about DMARC."""
