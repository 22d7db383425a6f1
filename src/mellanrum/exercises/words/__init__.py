"""Word cloud: words and phrases that many give."""
