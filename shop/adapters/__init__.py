"""One module or package for each system outside Storehand."""
