"""Bring the public data sets from their addresses into the files that training reads."""
