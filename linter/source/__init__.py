"""Text that remembers where it stood: files, spans, and YAML read into a located tree."""
