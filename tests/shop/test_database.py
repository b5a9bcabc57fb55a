"""What a transaction promises on both databases, and what only SQLite needs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from shop.adapters.sql import database as database_module
from shop.adapters.sql.commerce_tables import products, variants
from shop.adapters.sql.database import Database
from shop.errors import Unavailable

PRODUCT = {
    "id": "1", "name": "Shirt", "brand": "", "category": "", "audience": "men", "fit": "", "description": "", "url": "",
    "final_sale": False, "size_chart_id": None,
}  # fmt: skip
VARIANT = {
    "sku": "A",
    "product_id": "1",
    "position": 1,
    "options": {},
    "price": "1.00",
    "currency": "EUR",
    "stock": 0,
}


@pytest.fixture
async def one_variant(database: Database) -> Database:
    async with database.begin() as connection:
        await connection.execute(insert(products).values(PRODUCT))
        await connection.execute(insert(variants).values(VARIANT))
    return database


async def stock(database: Database) -> int:
    async with database.begin(reading=True) as connection:
        return (await connection.execute(select(variants.c.stock))).scalar_one()


async def test_an_error_does_not_tell_what_was_to_be_written(one_variant: Database) -> None:
    with pytest.raises(IntegrityError) as error:
        async with one_variant.begin() as connection:
            await connection.execute(insert(products).values(PRODUCT | {"description": "my secret"}))
    assert "my secret" not in str(error.value)


async def test_an_error_takes_back_everything(one_variant: Database) -> None:
    with pytest.raises(KeyError):
        async with one_variant.begin() as connection:
            await connection.execute(update(variants).values(stock=5))
            raise KeyError
    assert await stock(one_variant) == 0


async def test_writers_that_read_first_wait_for_each_other(one_variant: Database) -> None:
    async def sell_one_more() -> None:
        async with one_variant.begin() as connection:
            held = select(variants.c.stock).with_for_update()
            before = (await connection.execute(held)).scalar_one()
            await asyncio.sleep(0.001)
            await connection.execute(update(variants).values(stock=before + 1))

    await asyncio.gather(*(sell_one_more() for _ in range(20)))
    assert await stock(one_variant) == 20


async def test_writers_of_two_processes_wait_for_each_other(one_variant: Database) -> None:
    other = Database(one_variant.url)

    async def sell_one_more(database: Database) -> None:
        async with database.begin() as connection:
            before = (await connection.execute(select(variants.c.stock).with_for_update())).scalar_one()
            await asyncio.sleep(0.001)
            await connection.execute(update(variants).values(stock=before + 1))

    await asyncio.gather(*(sell_one_more(database) for _ in range(5) for database in (one_variant, other)))
    await other.close()
    assert await stock(one_variant) == 10


async def test_writers_to_sqlite_take_turns_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    opened = Database(f"sqlite:///{tmp_path / 'one.db'}")
    done: list[int] = []

    async def write(number: int) -> None:
        async with opened.begin():
            await asyncio.sleep(0.005)
            done.append(number)

    await asyncio.gather(*(write(number) for number in range(12)))
    await opened.close()
    assert done == list(range(12))


async def test_a_reader_sees_one_moment_and_does_not_wait_for_a_writer(one_variant: Database) -> None:
    async with one_variant.begin(reading=True) as reader:
        assert (await reader.execute(select(variants.c.stock))).scalar_one() == 0
        async with one_variant.begin() as writer:
            await writer.execute(update(variants).values(stock=7))
            assert (await reader.execute(select(variants.c.stock))).scalar_one() == 0
        assert (await reader.execute(select(variants.c.stock))).scalar_one() == 0
    assert await stock(one_variant) == 7


async def test_a_mistake_of_ours_is_not_an_outage(one_variant: Database) -> None:
    with pytest.raises(IntegrityError):
        async with one_variant.begin() as connection:
            await connection.execute(insert(products).values(PRODUCT))


async def test_a_locked_sqlite_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_BUSY_MS", 100)
    holder, waiter = (Database(f"sqlite:///{tmp_path / 'one.db'}") for _ in range(2))
    async with holder.begin():
        with pytest.raises(Unavailable, match="locked"):
            async with waiter.begin():
                pass
        with pytest.raises(Unavailable):
            async with holder.begin():
                pass
    async with waiter.begin() as connection:
        await connection.execute(text("SELECT 1"))
    await holder.close()
    await waiter.close()


async def test_a_lost_postgresql_is_unavailable_and_comes_back(postgres_with_tables: str) -> None:
    opened = Database(postgres_with_tables)
    with pytest.raises(Unavailable):
        async with opened.begin() as connection, opened.begin() as other:
            mine = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
            await connection.execute(text("SELECT 1"))
    async with opened.begin() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    await opened.close()


async def test_a_postgresql_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    nowhere = Database(f"postgresql://storehand@/postgres?host={tmp_path}")
    with pytest.raises(Unavailable):
        async with nowhere.begin():
            pass
    await nowhere.close()


async def test_a_reader_may_not_write_on_postgresql(postgres_with_tables: str) -> None:
    opened = Database(postgres_with_tables)
    with pytest.raises(DBAPIError, match="read-only"):
        async with opened.begin(reading=True) as connection:
            await connection.execute(update(variants).values(stock=1))
    await opened.close()
