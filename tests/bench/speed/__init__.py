"""How fast and how small: stock Rasa 3.6.21 and Storehand with one bot, one after the other on the same machine.

Both sides train and serve `bot/`: the same domain, examples, rules, stories and action. Stock has Rasa's quickstart
configuration (stock/config.yml), SQLite as its tracker store and a separate action server; Storehand has its own
config.yml and everything else as `storehand serve` starts it. Storehand's message limits are lifted, since no shopper
types that fast; nothing else is set for either. Storehand is asked over its web chat (Socket.IO), stock over its REST
channel with connections kept open, since its own server gives current Socket.IO clients no WebSocket.
"""
