"""The demo shop: filled in when the database is empty, renewed when it has grown old, and what its page shows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from shop.adapters.demo.highlights import highlights
from shop.adapters.demo.shop import demo_shop as new_demo_shop
from shop.adapters.shop_file import load_shop
from shop.adapters.sql.commerce_tables import customers, products, variants
from shop.bootstrap import Shop, outbox

_RENEWED_AFTER = timedelta(days=7)
_SITUATIONS = {
    "shipped": "on its way",
    "several_parcels": "on its way in several parcels",
    "out_for_delivery": "arrives today",
    "delayed": "late",
    "lost": "lost by the carrier",
    "delivered": "delivered (say that you don't have it)",
    "cancelled": "cancelled",
    "paid": "paid, not packed yet",
}
_SHOWN_PRODUCTS = 24
_SHOWN_CUSTOMERS = 12


async def seed_demo_shop(shop: Shop) -> None:
    """Fill an empty database. A demo shop that is a week old is made anew, since its dates are relative to today."""
    today = shop.now().date()
    made_on = _made_on(shop)
    old = made_on is not None and today - made_on > _RENEWED_AFTER
    if await _is_empty(shop) or old:
        await load_shop(shop.database, new_demo_shop(today), replace=old)
        _marker(shop).write_text(today.isoformat(), "ascii")


def forget_demo_shop(shop: Shop) -> None:
    """Another shop was loaded: it must not be replaced by a newer demo shop."""
    _marker(shop).unlink(missing_ok=True)


async def orders_to_try(shop: Shop) -> list[dict[str, str]]:
    """Orders for a newcomer to ask about: number, email, and where it stands."""
    return [
        {"number": each.number, "email": each.email, "situation": _SITUATIONS[each.situation]}
        for each in await highlights(shop.database)
    ]


async def demo_shop(shop: Shop) -> dict[str, Any]:
    """What the demo shop's page shows."""
    orders = await orders_to_try(shop)
    emails = [each["email"] for each in orders]
    return {
        "shop": {"name": shop.settings.shop_name},
        "products": await _products(shop),
        "orders": orders,
        "customers": await _customers(shop, emails),
    }


async def emails_sent(shop: Shop) -> dict[str, Any]:
    """The newest emails in the outbox, for the page that plays the shopper's mailbox."""
    if shop.settings.smtp_url:
        return {"emails": []}
    newest = outbox(shop.settings).latest(limit=5)
    return {"emails": [{"to": each.to, "subject": each.subject, "body": each.body} for each in newest]}


async def _is_empty(shop: Shop) -> bool:
    async with shop.database.begin(reading=True) as connection:
        return (await connection.execute(select(products.c.id).limit(1))).first() is None


async def _products(shop: Shop) -> list[dict[str, Any]]:
    query = (
        select(products, variants.c.options, variants.c.price, variants.c.currency)
        .join(variants, variants.c.product_id == products.c.id)
        .order_by(products.c.id, variants.c.sku)
    )
    async with shop.database.begin(reading=True) as connection:
        rows = (await connection.execute(query)).mappings().all()
    first_of_each = {row["id"]: row for row in reversed(rows)}
    chosen = sorted(first_of_each.values(), key=lambda row: row["id"])
    step = max(1, len(chosen) // _SHOWN_PRODUCTS)
    return [
        {
            "name": row["name"],
            "brand": row["brand"],
            "price": {"amount": f"{row['price']:.2f}", "currency": row["currency"]},
            "category": row["category"],
            "audience": row["audience"],
            "colour": row["options"].get("colour", ""),
        }
        for row in chosen[::step][:_SHOWN_PRODUCTS]
    ]


async def _customers(shop: Shop, emails: list[str]) -> list[dict[str, str]]:
    query = select(customers).where(customers.c.email.in_(emails)).limit(_SHOWN_CUSTOMERS)
    async with shop.database.begin(reading=True) as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [
        {"name": f"{row['first_name']} {row['last_name']}", "token": shop.login_tokens.issue(row["id"])} for row in rows
    ]


def _marker(shop: Shop) -> Path:
    return shop.settings.home / "demo-shop-made-on"


def _made_on(shop: Shop) -> date | None:
    path = _marker(shop)
    return date.fromisoformat(path.read_text("ascii").strip()) if path.is_file() else None
