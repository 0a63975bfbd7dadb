"""Work by the clock: the sweep of retention; and invented clients for demonstrations."""
