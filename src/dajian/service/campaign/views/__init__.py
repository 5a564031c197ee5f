"""Campaigns, their duties and questionnaires."""
