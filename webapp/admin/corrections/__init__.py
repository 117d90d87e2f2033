"""The page of the corrections: look at them, accept or reject them, take them away."""
