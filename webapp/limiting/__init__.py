"""How much of what one visitor, and all together, may ask for: rates, and work at a time."""
