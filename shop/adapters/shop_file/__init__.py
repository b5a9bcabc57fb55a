"""The file of a whole shop that `load-shop` reads: `format.md` says what is in it."""

from shop.adapters.shop_file.loading import LoadReport, load_shop
from shop.adapters.shop_file.reading import read_shop

__all__ = ["LoadReport", "load_shop", "read_shop"]
