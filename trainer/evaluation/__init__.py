"""How good a run is, and how it compares with others."""
