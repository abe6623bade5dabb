"""A course to look around in: demo accounts, and invented learners whose answers come from a known model."""
