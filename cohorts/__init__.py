"""Who studies together."""
