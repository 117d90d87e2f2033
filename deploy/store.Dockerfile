# syntax=docker/dockerfile:1
# Either image, with what speaks to an S3-compatible store (NET_MODELS_STORE):
#   docker build --file deploy/store.Dockerfile --build-arg IMAGE=net-web --tag net-web-store .
ARG IMAGE=net-web:1
FROM ${IMAGE}
COPY requirements/s3.txt /tmp/s3.txt
USER 0
RUN /opt/venv/bin/python -m pip install --no-cache-dir --requirement /tmp/s3.txt
USER 10001:10001
