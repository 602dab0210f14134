"""The communities people said they belong to, each for a stated purpose: a store of its own."""
