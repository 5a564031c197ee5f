"""The verbs of a campaign's definition, one file an aggregate."""
