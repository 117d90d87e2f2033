"""A store of released runs that machines without a common folder serve from."""
