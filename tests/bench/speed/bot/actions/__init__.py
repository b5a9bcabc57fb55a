"""The bench bot's actions: a package of its own for `rasa run actions`, modules of ours for Storehand."""
