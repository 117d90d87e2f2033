"""Look at data before training on it: what is there, how much of each, what is twice or broken."""
