"""What measures: ratios, side by side in one run, since the machine is noisy."""
