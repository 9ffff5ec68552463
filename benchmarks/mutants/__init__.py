"""A mutation run over the pure core: change the code by one detail, and see whether a test notices."""
