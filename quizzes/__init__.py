"""Questions, attempts at them, and what they are worth."""
