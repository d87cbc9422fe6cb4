"""What the Python worker is made of, beside its life in worker.py."""
