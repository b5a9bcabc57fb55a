"""How Storehand is run: Rasa without TensorFlow, the web application, training, and the command line."""
