"""``python -m tests.fuzzing``: everything that anybody could send, and what comes back."""
