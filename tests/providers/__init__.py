"""Tests of what is known about vendors."""
