"""Show how good a run is: pictures, a page that needs nothing else, and samples as JSON."""
