"""The scripts of docs/accessibility, walked by keyboard as they are written."""
