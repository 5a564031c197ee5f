"""How a cargo is best loaded: `propose` searches the whole catalogue, the other modules are its statics."""
