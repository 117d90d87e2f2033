"""Released runs in an S3-compatible store, for machines that share no folder."""
