"""All that the merchant decides about returns and changes, as `data/shop/returns.yml` says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from shop.customers import Address
from shop.order_rules import OrderRules
from shop.return_rules import ReturnRules

_WAREHOUSE = Address("Returns", "", "", "", "", "", "")


@dataclass(frozen=True)
class ShopRules:
    """`return_address` is where parcels with returns go."""

    returns: ReturnRules = field(default_factory=ReturnRules)
    orders: OrderRules = field(default_factory=OrderRules)
    return_address: Address = _WAREHOUSE
