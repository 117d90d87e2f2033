"""Who answers: this process or several others, in the order of the files."""
