"""Whether a road carries a train: the grades of JTG/T 2213, space, and standing in for another train."""
