"""The runs under /admin/runs: all of them, one of them live, and several side by side."""
