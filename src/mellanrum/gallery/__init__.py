"""For developers: every face of every exercise type, and the components in all their states."""
