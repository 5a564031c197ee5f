"""Drawings, sheets and papers from plain data: SVG by hand, PDF by Typst with the project's own fonts."""
