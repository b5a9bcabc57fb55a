"""Measurements, with data that others made."""
