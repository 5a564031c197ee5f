"""Trains of axles, the declaration of a trip, and the catalogue of generic vehicles."""
