"""The product with every other computer out of reach."""
