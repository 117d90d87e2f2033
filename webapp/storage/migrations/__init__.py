"""Every change to the tables there has been, in the order of the revisions."""
