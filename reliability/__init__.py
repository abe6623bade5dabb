"""What is kept when a hall comes at once and when things break: measured over HTTP, then asked of the database."""
