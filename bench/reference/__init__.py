"""What we measure ourselves against: the same job done by the plainest program that can do it."""
