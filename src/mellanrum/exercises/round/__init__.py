"""A round: everyone is invited once before anyone speaks twice."""
