"""Make numbers and photographs of real single digits, to measure reading with."""
