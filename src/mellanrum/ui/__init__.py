"""The face: layouts, components, tokens, styles, behaviours, icons, fonts."""
