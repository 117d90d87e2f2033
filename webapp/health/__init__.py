"""Whether what the server leans on is well: one list of checks, and who asks for them."""
