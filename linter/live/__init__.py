"""Asking DNS over the network: servers, questions, and replies that are matched to them."""
