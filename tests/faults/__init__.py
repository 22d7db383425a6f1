"""What happens when things break: with a control that shows each test can fail."""
