"""The pages under /admin/releases: which run is served, another one, and a trial of two."""
