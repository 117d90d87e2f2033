"""What an operator runs and sees: the worker, health, metrics and the log."""
