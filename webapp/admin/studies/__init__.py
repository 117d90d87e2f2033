"""The pages about searches: what each has tried, what it found, and how to go on."""
