"""What people thought of the meeting, in two minutes; and the five questions the team asks itself afterwards."""
