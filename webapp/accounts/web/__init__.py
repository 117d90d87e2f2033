"""Accounts over HTTP: the guard of /admin, the cookie, and the pages to sign in and out."""
