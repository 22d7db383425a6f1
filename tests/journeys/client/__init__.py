"""Our scripts in a real browser, against a small room that can be made to misbehave."""
