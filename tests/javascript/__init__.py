"""Tests of the JavaScript modules that need no page, run by Node's own test runner."""
