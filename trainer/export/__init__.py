"""Write networks in the forms that other programs load."""
