"""Who learned what: scores read from Progress alone, whatever kind of activity they come from."""
