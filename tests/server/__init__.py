"""The language server, by itself and as an editor sees it."""
