"""What meets the product with bad intentions or bad luck: it answers politely and stays whole."""
