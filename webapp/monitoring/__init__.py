"""What stands around the recogniser and how the workers are, for probes, metrics and the doctor."""
