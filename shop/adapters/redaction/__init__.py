"""What personal data look like: one file a topic. Each finder reads a text and says where in it they stand."""
