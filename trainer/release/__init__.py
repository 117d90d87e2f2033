"""Which run is served: what one must prove first, who changed it and why, and the way back."""
