"""Drift: what is declared held against what DNS serves."""
