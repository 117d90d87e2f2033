"""``python -m benchmarks.fuzzing``: everything that anybody could send, and what comes back."""
