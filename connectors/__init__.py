"""How words come in and go out: one door for every channel, and the channels themselves."""
