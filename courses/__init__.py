"""Content, and each learner's way through it."""
