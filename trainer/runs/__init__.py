"""The runs on disk as the trainer writes, lists and removes them."""
