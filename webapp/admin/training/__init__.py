"""The pages about jobs: begin a training, watch the queue, read a job's log."""
