"""One module per part of the product; each registers its rows with `bench.frame.row`."""
