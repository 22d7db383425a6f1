"""The plan: programme, gathering, run sheet, templates as files."""
