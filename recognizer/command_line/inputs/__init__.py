"""What to answer: the files of folders and lists in their order, and what each of them holds."""
