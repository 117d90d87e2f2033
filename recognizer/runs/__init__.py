"""Runs on disk: which one is current, whether it may be served, and the one that is."""
