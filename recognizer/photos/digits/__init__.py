"""Find the digits in ink: pieces, where touching ones may part, and which belong together."""
