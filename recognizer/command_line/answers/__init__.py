"""What is answered: rows and tables, the file they go to, and going on with one."""
