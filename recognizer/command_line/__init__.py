"""``python -m recognizer``: drawings in files in, a line of answer each out."""
