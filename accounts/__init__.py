"""People, and who may do what."""
