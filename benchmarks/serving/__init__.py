"""Real gunicorns side by side: an empty endpoint, ours, and the usual way with Keras.

``python -m benchmarks.serving`` is :mod:`benchmarks.serving.command`; each other module is one
part of it, and :mod:`benchmarks.growth` uses the same parts.
"""
