"""The file ``samples.json`` of a run: its name, and how much of each kind it holds at most.

:mod:`trainer.report.samples_file` writes it, the admin pages read it.
"""

SAMPLES_FILE = "samples.json"
GRID = 15  # samples shown at once, three rows of five
MOST_MISREAD = 200  # of a set, the surest first; where there are fewer, these are all
