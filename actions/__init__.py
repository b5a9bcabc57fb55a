"""What the assistant does: each action reads slots, calls one service of the shop, and utters a response by name."""
