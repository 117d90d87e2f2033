"""What networks are trained on: batches, made on the fly."""
