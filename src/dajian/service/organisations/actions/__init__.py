"""The verbs of bodies and people, one file an aggregate."""
