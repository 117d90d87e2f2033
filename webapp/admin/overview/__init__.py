"""The page /admin: what is served, how it is used, and how the machine and its workers are."""
