"""Train a recipe's networks, epoch after epoch, and make a run of them."""
