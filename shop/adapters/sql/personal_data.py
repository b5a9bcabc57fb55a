"""`PersonalRecords` in the database: every table that holds something about a person is named here."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import (
    claims,
    customers,
    order_lines,
    orders,
    payments,
    returns,
    shipments,
    tracking_events,
)
from shop.adapters.sql.consents import consent_notices, consents
from shop.adapters.sql.conversation_tables import conversations, messages, photos
from shop.adapters.sql.database import Database
from shop.adapters.sql.identities import customer_conversations, verification_tries
from shop.adapters.sql.old_records import erase_conversations
from shop.identity import email_subject

_NOWHERE = {"name": "", "line1": "", "line2": "", "city": "", "region": "", "postcode": ""}
_CHANNEL_ONLY = ("id", "channel", "language", "created_at")


class SqlPersonalData:
    """Reads and removes by customer. A conversation is somebody's where they were matched or proven in it, ever."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database, self._secret = database, secret

    async def customers(self) -> Sequence[str]:
        async with self._database.begin(reading=True) as connection:
            return list((await connection.execute(select(customers.c.id))).scalars())

    async def export(self, customer_id: str) -> dict[str, Any] | None:
        async with self._database.begin(reading=True) as connection:
            found = await _rows(connection, select(customers).where(customers.c.id == customer_id))
            if not found:
                return None
            person = {key: value for key, value in found[0].items() if key != "email_key"}
            talks = await _talks(connection, customer_id)
            return {
                "customer": person,
                "orders": await _orders(connection, customer_id),
                "conversations": [await _conversation(connection, talk) for talk in talks],
                "consents": await _consents(connection, customer_id, talks),
            }

    async def erase(self, customer_id: str, pseudonym: str) -> Mapping[str, int]:
        async with self._database.begin() as connection:
            person = (await connection.execute(select(customers).where(customers.c.id == customer_id))).one()
            talks = await _talks(connection, customer_id)
            emails = {person.email, *await _emails_of(connection, customer_id)}
            removed = await erase_conversations(connection, talks)
            tried = [email_subject(self._secret, email) for email in emails]
            await connection.execute(delete(verification_tries).where(verification_tries.c.subject.in_(tried)))
            removed |= await _unlink_consents(connection, customer_id, talks, pseudonym)
            removed |= await _unlink_orders(connection, person, pseudonym)
        return removed


async def _talks(connection: AsyncConnection, customer_id: str) -> list[str]:
    theirs = select(customer_conversations.c.conversation_id).where(customer_conversations.c.customer_id == customer_id)
    return list((await connection.execute(theirs)).scalars())


async def _emails_of(connection: AsyncConnection, customer_id: str) -> set[str]:
    found = await connection.execute(select(orders.c.email).where(orders.c.customer_id == customer_id))
    return set(found.scalars())


async def _conversation(connection: AsyncConnection, talk: str) -> dict[str, Any]:
    (about,) = await _rows(connection, select(conversations).where(conversations.c.id == talk))
    said = select(messages).where(messages.c.conversation_id == talk).order_by(messages.c.seq)
    pictures = select(photos).where(photos.c.conversation_id == talk)
    return {
        **{name: about[name] for name in _CHANNEL_ONLY},
        "messages": [
            {"at": line["at"], "from": line["sender"], "text": line["text"], "card": line["card"]}
            for line in await _rows(connection, said)
        ],
        "photos": [
            {"id": picture["id"], "added_at": picture["added_at"], "jpeg_base64": picture["content"]}
            for picture in await _rows(connection, pictures)
        ],
    }


async def _orders(connection: AsyncConnection, customer_id: str) -> list[dict[str, Any]]:
    theirs = select(orders).where(orders.c.customer_id == customer_id).order_by(orders.c.placed_at)
    parts = {"lines": order_lines, "shipments": shipments, "payments": payments, "returns": returns, "claims": claims}
    found = []
    for order in await _rows(connection, theirs):
        below = {
            name: await _rows(connection, select(table).where(table.c.order_number == order["number"]))
            for name, table in parts.items()
        }
        found.append({key: value for key, value in order.items() if key != "order_key"} | below)
    return found


async def _consents(connection: AsyncConnection, customer_id: str, talks: Sequence[str]) -> list[dict[str, Any]]:
    query = select(consents, consent_notices.c.version, consent_notices.c.language, consent_notices.c.text)
    query = query.join(consent_notices).order_by(consents.c.id)
    rows = await _rows(connection, query.where(_theirs(customer_id, talks)))
    return [{key: value for key, value in row.items() if key not in {"id", "notice_id"}} for row in rows]


def _theirs(customer_id: str, talks: Sequence[str]) -> ColumnElement[bool]:
    return (consents.c.customer_id == customer_id) | consents.c.conversation_id.in_(talks)


async def _unlink_consents(
    connection: AsyncConnection, customer_id: str, talks: Sequence[str], pseudonym: str
) -> dict[str, int]:
    """What was agreed to, when and to which words stays as proof; by whom does not."""
    unlinked = update(consents).where(_theirs(customer_id, talks))
    unlinked = unlinked.values(conversation_id=pseudonym, customer_id=pseudonym, message=None)
    return {"consents unlinked": (await connection.execute(unlinked)).rowcount}


async def _unlink_orders(connection: AsyncConnection, person: Row[Any], pseudonym: str) -> dict[str, int]:
    """Orders keep what the books need: what, when, how much, to which country."""
    nobody = {
        "id": pseudonym, "first_name": "", "last_name": "", "email": "", "email_key": pseudonym, "phone": "",
        "language": person.language, "address": _NOWHERE | {"country": person.address.get("country", "")},
        "payment_methods": [],
    }  # fmt: skip
    theirs = select(orders.c.number).where(orders.c.customer_id == person.id)
    numbers = list((await connection.execute(theirs)).scalars())
    parcels = select(shipments.c.id).where(shipments.c.order_number.in_(numbers))
    blank = (
        update(shipments).where(shipments.c.order_number.in_(numbers)).values(tracking_number="", tracking_url=""),
        update(tracking_events).where(tracking_events.c.shipment_id.in_(parcels)).values(place=""),
        update(payments).where(payments.c.order_number.in_(numbers)).values(method="", method_id=""),
        update(returns).where(returns.c.order_number.in_(numbers)).values(tracking_number=None, refund_method_id=""),
    )
    for statement in blank:
        await connection.execute(statement)
    if numbers:
        await connection.execute(insert(customers).values(nobody))
        for number, address in (await connection.execute(
            select(orders.c.number, orders.c.shipping_address).where(orders.c.number.in_(numbers))
        )).all():  # fmt: skip
            where = _NOWHERE | {"country": address.get("country", "")}
            unlinked = update(orders).where(orders.c.number == number)
            await connection.execute(unlinked.values(customer_id=pseudonym, email="", shipping_address=where))
    await connection.execute(delete(customers).where(customers.c.id == person.id))
    return {"customer": 1, "orders unlinked": len(numbers)}


async def _rows(connection: AsyncConnection, query: Select[Any]) -> list[dict[str, Any]]:
    found = (await connection.execute(query)).mappings().all()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
