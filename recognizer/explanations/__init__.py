"""How an answer came about: what the network's layers see, and what it adds up for each digit."""
