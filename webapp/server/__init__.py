"""What runs under gunicorn, and beside it: README.md says why each part exists."""
