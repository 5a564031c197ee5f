"""The verbs of the survey, one file an aggregate."""
