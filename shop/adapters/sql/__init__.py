"""Storehand's own database: SQLite by default, PostgreSQL for several replicas."""
