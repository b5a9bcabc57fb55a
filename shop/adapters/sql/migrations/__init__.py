"""Every change of the tables, as an Alembic revision."""
