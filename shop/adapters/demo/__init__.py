"""A demo shop of our own making, in the records of a shop file. Its brands, people and carriers are invented."""
