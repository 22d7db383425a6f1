"""Table talks: tables of four to six, prompts one at a time, and a report sheet per table with one scribe."""
