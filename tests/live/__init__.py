"""Tests against real DNS servers, started on this machine and asked over loopback only."""
