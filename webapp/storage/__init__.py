"""What outlives a process: accounts, sessions, the audit log, jobs and counts, in one database."""
