"""Tests that drive a real Chromium against a real gunicorn with the released model."""
