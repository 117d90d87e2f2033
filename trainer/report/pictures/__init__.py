"""The pictures of a report: what each shows, and the words that replace it."""
