"""What is counted, once, for Prometheus and for the charts of the site."""
