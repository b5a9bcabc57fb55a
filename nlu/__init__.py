"""How a message is understood: Rasa components of our own, without TensorFlow."""
