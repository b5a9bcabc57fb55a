"""What the shop knows and does. Nothing in here knows Rasa, HTTP or how words are spoken."""
