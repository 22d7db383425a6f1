"""What the gallery shows; nothing here changes anything."""
