"""What one core can do, what a million predictions cost, and which part gives out first."""
