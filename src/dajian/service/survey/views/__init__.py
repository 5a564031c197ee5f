"""The survey's pages, one file a subject. Thin: read by queries, act by actions."""
