"""Finding units that were entered twice: plain records in, pairs with their reasons out. No Django, no I/O."""
