"""find_size: what is asked and answered in each case, with the real model and the demo shop."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Table, select, update

from shop.adapters.sql.commerce_tables import order_lines, orders, products, shipments, variants
from shop.bootstrap import Shop
from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")
Change = Callable[..., AbstractAsyncContextManager[None]]

HAZEL = "Which size should I take in the Hazel linen shirt?"  # women, by the chest: S 85-93, M 93-101
ZURI = "What size do I need in the Zuri wrap dress?"  # by chest, waist and hips
KENJI = "Which size in the Kenji straight jeans?"  # men, by waist and hips, 2 cm closer than true to size
COMMENTS = re.compile(
    r"\b(you are|you're|your body|slim|large|plus.?size|curvy|petite|skinny|thin|fat|heavy|tall|short|(over)?weight)\b",
    re.IGNORECASE,
)


@pytest.fixture
def changed(demo: Shop) -> Change:
    """Changes rows of the demo shop for as long as a test needs it."""

    @asynccontextmanager
    async def changed(table: Table, condition: Any, **values: Any) -> AsyncIterator[None]:
        key = next(iter(table.primary_key.columns))
        async with demo.database.begin() as connection:
            before = (await connection.execute(select(table).where(condition))).mappings().all()
            await connection.execute(update(table).where(condition).values(**values))
        yield
        async with demo.database.begin() as connection:
            for row in before:
                await connection.execute(
                    update(table).where(key == row[key]).values({name: row[name] for name in values})
                )

    return changed


def recommended(talk: Talk) -> list[str]:
    """The sizes that the size table marks."""
    return [row["size"] for row in table(talk)["rows"] if row["recommended"]]


def table(talk: Talk) -> dict[str, Any]:
    return next(card for card in talk.cards if card["type"] == "size_table")


async def asked_again(talk: Talk) -> bool:
    """Whether the form stands where it stood: at the measurements."""
    return (await talk.slots()).get("requested_slot") == "find_size_basis"


# ---- Which product ----


async def test_a_product_in_the_opener_is_found_and_shown(begin: Begin) -> None:
    talk = await begin()
    assert "the chest" in await talk.say(HAZEL)
    card = talk.cards[0]
    assert (card["type"], card["name"], card["brand"]) == ("product", "Hazel Linen Shirt", "Mirrowick")
    assert card["price"]["currency"] == "EUR"


@pytest.mark.parametrize(
    "words",
    [
        "wat sise in the hasel linnen shirt",
        "https://larkspur-finch.example.com/products/1001 which size do I take",
        "What size do I take in 1001-WHITE-M?",
    ],
)
async def test_misspelt_by_link_or_by_sku(begin: Begin, words: str) -> None:
    assert "Hazel Linen Shirt" in await (await begin()).say(words)


async def test_by_kind_and_brand_there_is_a_list_to_choose_from(begin: Begin) -> None:
    talk = await begin()
    assert "Which of these" in await talk.say("What size for a Mirrowick linen shirt?")
    card = talk.cards[0]
    assert card["type"] == "products"
    buttons = {choice.token: choice.title for reply in talk.replies for choice in reply.choices}
    assert [buttons[row["token"]] for row in card["products"]] == [row["name"] for row in card["products"]]
    assert {row["brand"] for row in card["products"]} == {"Mirrowick"}
    assert "Maren Linen Shirt" in await talk.press("Maren Linen Shirt")
    assert await asked_again(talk)


async def test_of_a_list_one_can_be_typed(begin: Begin) -> None:
    talk = await begin()
    await talk.say("What size for the linen shirt?")
    await talk.say("the men's one")
    assert {row["name"] for row in talk.cards[0]["products"]} == {"Emeka Linen Shirt", "Tunde Linen Shirt"}
    assert "Emeka Linen Shirt" in await talk.say("Emeka")


async def test_an_unknown_product_is_told_and_asked_for_again(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("what size in the Gucci loafers")
    assert "can't find a product" in said
    assert "Which product is it about" in said
    assert "Talk to a person" in talk.buttons
    assert "can't find a product" in await talk.say("banana phone")
    assert "the chest" in await talk.say("Hazel linen shirt")


async def test_a_product_of_one_size_is_told_and_the_form_stays(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("what size of the Bramble tote bag")
    assert "comes in one size" in said
    assert (await talk.slots())["requested_slot"] == "find_size_product"


async def test_without_a_size_table_nothing_is_guessed(begin: Begin, changed: Change) -> None:
    async with changed(products, products.c.id == "1001", size_chart_id=None):
        talk = await begin()
        said = await talk.say("Which size in the Hazel linen shirt, my chest is 92?")
    assert "no size table" in said
    assert "XS, S, M, L, XL, and XXL" in said
    assert "recommend" not in said
    assert "Talk to a person" in talk.buttons


# ---- What is answered ----


@pytest.mark.parametrize(
    ("opener", "answer", "size", "reason"),
    [
        (HAZEL, "my chest is 92 cm", "S", "85 to 93 cm"),
        (HAZEL, "92", "S", "92 cm"),
        (HAZEL, "36 in", "S", "36 in (91.4 cm)"),
        (ZURI, "92-75-98", "40", "chest decides"),
        (ZURI, "chest 88, waist 71, hips 104", "42", "hips decide"),
        (KENJI, "my waist is 32 in", "W32", "32 in (81.3 cm)"),
        (KENJI, "80 and 104", "W36", "hips decide"),
        ("What size rain suit? Puddle", "he's 119 cm", "122", "Height decides"),
        ("What size rain suit? Puddle", "4ft 1", "128", "124.5 cm"),
        ("Which size of the Marlow trainers?", "26.5 cm", "42", "length of the foot"),
        ("Which size of the Marlow trainers?", "10.4 in", "42", "26.4 cm"),
        ("Which size of the Snowdrift wool hat?", "57 cm", "M", "head decides"),
        ("What size glove should I get, Velvette?", "20 cm", "8", "hand decides"),
        ("Which size in the Emeka linen shirt", "neck 39", "M", "collar decides"),
        ("what size for the Tannin leather belt", "waist 85", "85", "waist decides"),
    ],
)  # fmt: skip
async def test_the_measurement_that_decides_is_the_reason(
    begin: Begin, opener: str, answer: str, size: str, reason: str
) -> None:
    talk = await begin()
    await talk.say(opener)
    said = await talk.say(answer)
    assert f"I recommend size {size}." in said
    assert reason in said
    assert recommended(talk) == [size]
    assert "{" not in said


async def test_everything_in_one_message(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("What size do I need in the Zuri wrap dress? I'm 92-75-98")
    assert "size 40" in said
    assert "in stock" in said


async def test_the_size_table_shows_what_it_goes_by(begin: Begin) -> None:
    talk = await begin()
    await talk.say("Which size in the Hazel linen shirt, my chest is 92 cm?")
    shown = table(talk)
    assert (shown["title"], shown["unit"]) == ("Hazel Linen Shirt", "cm")
    assert (shown["columns"], shown["systems"]) == (["chest", "waist"], ["EU", "UK", "US"])
    small = next(row for row in shown["rows"] if row["size"] == "S")
    assert small["systems"] == {"EU": "36-38", "UK": "8-10", "US": "4-6"}
    assert small["body"] == {"chest": ["85", "93"], "waist": ["69", "77"]}
    assert {row["in_stock"] for row in shown["rows"]} <= {True, False}


@pytest.mark.parametrize(("answer", "size"), [("tighter", "S"), ("looser please", "M"), ("no preference", "M")])
async def test_between_two_sizes_it_is_asked_how_it_should_sit(begin: Begin, answer: str, size: str) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    said = await talk.say("chest 93")
    assert "both S and M" in said
    assert talk.buttons == ["Closer", "Looser", "No preference"]
    assert f"I recommend size {size}." in await talk.say(answer)


async def test_a_preference_in_the_opener_is_not_asked_for_again(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("which size of the Hazel linen shirt with chest 93? I prefer a tight fit")
    assert "I recommend size S." in said


async def test_a_preference_does_not_change_a_plain_case_but_names_the_next_size(begin: Begin) -> None:
    talk = await begin()
    await talk.say("which size of the Hazel linen shirt with a chest of 90 cm?")
    said = await talk.say("looser please")
    assert "I recommend size S." in said
    assert "M is the next size up" in said


async def test_children_get_room_to_grow(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("My son is 116 cm tall, what size rain suit does he need, the Puddle one?")
    assert "size 122" in said
    assert "room to grow" in said


@pytest.mark.parametrize(("foot", "words"), [("30 cm", "ends with 42"), ("20 cm", "begins with 36")])
async def test_outside_the_size_table_no_size_is_recommended(begin: Begin, foot: str, words: str) -> None:
    talk = await begin()
    await talk.say("Which size of the Kestra trainers?")
    said = await talk.say(f"my foot is {foot}")
    assert "can't recommend a size" in said
    assert words in said
    assert recommended(talk) == []
    assert "Talk to a person" in talk.buttons


# ---- A usual size, and what was bought before ----


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("I usually wear M", "size M, going by M"),
        ("UK 10", "size S, going by UK 10"),
        ("EU 42", "size M, going by EU 42"),
        ("I usually wear M at Norrland", "no size table of Norrland"),
        ("I usually wear M at Halvorsund", "same measurements as M at Halvorsund"),
    ],
)
async def test_a_usual_size(begin: Begin, answer: str, words: str) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.press("I can't measure now")
    assert words in await talk.say(answer)


async def test_a_usual_size_in_the_opener(begin: Begin) -> None:
    assert "size 40" in await (await begin()).say("what size do I take in the Zuri wrap dress, I'm usually a UK 12")


async def test_a_size_that_is_asked_about_is_not_taken_for_the_usual_one(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("Should I take the Hazel linen shirt in M or L?")
    assert "recommend" not in said
    assert "the chest" in said


async def test_a_number_that_means_several_sizes_is_asked_about(begin: Begin) -> None:
    talk = await begin()
    await talk.say(ZURI)
    await talk.say("I don't know my measurements")
    assert "Which system" in await talk.say("12")
    assert {"UK 12", "US 12"} <= set(talk.buttons)
    assert "I recommend size 40" in await talk.say("UK")


async def test_half_a_size_lies_between_two(begin: Begin) -> None:
    talk = await begin()
    assert "both 40 and 41" in await talk.say("Which size of the Kestra trainers? EU 40.5")
    assert "size 41" in await talk.press("Looser")


async def test_a_size_that_the_table_has_not_is_told(begin: Begin) -> None:
    talk = await begin()
    await talk.say(ZURI)
    assert "isn't in the size table" in await talk.say("usually M")
    assert await asked_again(talk)


async def test_with_nothing_to_go_by_there_is_the_table_and_no_guess(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.say("I don't have a tape measure")
    said = await talk.say("I don't know")
    assert "guessing" in said
    assert recommended(talk) == []
    assert "Talk to a person" in talk.buttons


async def test_what_was_bought_is_looked_at_for_a_proven_customer_only(begin: Begin) -> None:
    talk = await begin()
    await talk.say(KENJI)
    assert "once I know that it's you" in await talk.say("go by my past purchases")
    assert await asked_again(talk)


async def buyer_of(demo: Shop, brand_of: str, **values: Any) -> str:
    """A customer to whom exactly one kind of piece of a brand was delivered."""
    query = (
        select(orders.c.customer_id, order_lines.c.id)
        .join(order_lines, order_lines.c.order_number == orders.c.number)
        .join(products, products.c.id == order_lines.c.product_id)
        .join(shipments, shipments.c.order_number == orders.c.number)
        .where(products.c.size_chart_id == brand_of, orders.c.status == "delivered", shipments.c.status == "delivered")
        .where(order_lines.c.returned_quantity == 0)
    )
    async with demo.database.begin(reading=True) as connection:
        return str((await connection.execute(query)).first()[0])  # type: ignore[index]


async def test_what_a_proven_customer_kept_is_offered_and_gone_by(begin: Begin, demo: Shop) -> None:
    customer = await buyer_of(demo, "mirrowick-women-tops-relaxed")
    talk = await begin(customer)
    said = await talk.say(HAZEL)
    assert "was kept in size" in said
    kept = re.search(r"was kept in size (\w+)\.", said)
    assert kept
    said = await talk.press("Go by that")
    assert recommended(talk) == [kept[1]]
    assert "which was kept" in said


async def test_where_nothing_was_bought_that_helps_it_is_told(
    begin: Begin, orders: dict[str, dict[str, str]], demo: Shop
) -> None:
    customer = await demo.commerce.find_customer(orders["on its way"]["email"])
    assert customer
    talk = await begin(customer.id)
    await talk.say("What size rain suit? Puddle")
    assert "no earlier purchase" in await talk.say("go by my past purchases")
    assert await asked_again(talk)


# ---- Stock ----


async def test_a_size_that_is_sold_out_names_the_nearest_one_without_saying_that_it_fits(
    begin: Begin, changed: Change
) -> None:
    size_s = (variants.c.product_id == "1001") & (variants.c.sku.like("%-S"))
    async with changed(variants, size_s, stock=0):
        talk = await begin()
        said = await talk.say("Which size in the Hazel linen shirt, my chest is 92 cm?")
    assert "Size S is sold out" in said
    assert "nearest size in stock is M" in said
    assert "made for other measurements" in said
    assert recommended(talk) == ["S"]
    assert next(row for row in table(talk)["rows"] if row["size"] == "S")["in_stock"] is False


async def test_a_colour_that_is_sold_out_names_the_others(begin: Begin, changed: Change) -> None:
    async with changed(variants, variants.c.sku == "1001-WHITE-S", stock=0):
        said = await (await begin()).say("Which size in the white Hazel linen shirt, my chest is 92 cm?")
    assert "sold out in white, but in stock in sage" in said


async def test_all_sold_out(begin: Begin, changed: Change) -> None:
    async with changed(variants, variants.c.product_id == "1001", stock=0):
        said = await (await begin()).say("Which size in the Hazel linen shirt, my chest is 92 cm?")
    assert "and so are all others" in said


# ---- Bad input: one sentence, and the form stays where it was ----


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("my chest is 9 cm", "9 cm can't be right"),
        ("chest 900 cm", "900 cm can't be right"),
        ("size banana", "can't read a measurement or a size"),
        ("banana", "can't read a measurement or a size"),
        ("chest -5", "above zero"),
        ("0", "above zero"),
        ("chest 92 in", "Did you mean 92 cm?"),
        ("chest 36", "Did you mean 36 in?"),
        ("chest 92, chest 97", "Which one counts?"),
        ("92 cm and 97 cm", "Which one counts?"),
        ("5ft 9", "can't use 69 in for this product"),
        ("size EU 99", "EU 99 isn't in the size table"),
    ],
)  # fmt: skip
async def test_what_can_not_be_is_told_in_one_sentence_and_asked_again(begin: Begin, answer: str, words: str) -> None:
    talk = await begin()
    question = await talk.say(HAZEL)
    said = (await talk.say(answer)).split("\n")
    assert words in said[0]
    assert said[-1] == question
    assert len(re.findall(r"[.?!](?:\s|$)", said[0])) <= 2
    assert await asked_again(talk)
    assert "I recommend size S." in await talk.say("92 cm")


@pytest.mark.parametrize("answer", ["yes", "92 cm"])
async def test_what_was_meant_can_be_confirmed(begin: Begin, answer: str) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.say("chest 92 in")
    said = await talk.press(answer) if answer in talk.buttons else await talk.say(answer)
    assert "I recommend size S." in said


async def test_what_was_not_meant_is_asked_for_again(begin: Begin) -> None:
    talk = await begin()
    question = await talk.say(HAZEL)
    await talk.say("chest 92 in")
    assert await talk.say("no") == question


async def test_what_was_right_need_not_be_said_again(begin: Begin) -> None:
    talk = await begin()
    await talk.say(KENJI)
    await talk.say("waist 80, hips 9")
    assert "I recommend size W36." in await talk.say("hips 104")


async def test_two_numbers_for_three_measurements_are_not_guessed(begin: Begin) -> None:
    talk = await begin()
    await talk.say(ZURI)
    assert "which number is which" in await talk.say("92 and 98")


async def test_a_preference_that_is_none_is_told(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.say("chest 93")
    assert "closer or looser" in await talk.say("banana")
    assert (await talk.slots())["requested_slot"] == "find_size_fit"


# ---- In between and afterwards ----


async def test_a_question_in_between_is_answered_and_the_form_goes_on(begin: Begin) -> None:
    talk = await begin()
    question = await talk.say(HAZEL)
    said = await talk.say("how much is shipping?")
    assert "4.95" in said
    assert said.endswith(question)
    assert "I recommend size S." in await talk.say("chest 92")


async def test_another_product_in_the_middle(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    assert "chest, waist and hips" in await talk.say(ZURI)


async def test_what_was_measured_serves_for_the_next_product_for_the_same_people(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.say("chest 92")
    said = await talk.say("and for the Runa jumper?")
    assert "For the Runa Merino Jumper I recommend size S." in said
    assert "92 cm" in said
    assert "the chest" in await talk.say("what size in the Nils t-shirt")
    assert "recommend" not in "\n".join(reply.text for reply in talk.replies)


async def test_another_measurement_afterwards_is_about_the_same_product(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.say("chest 92")
    assert "For the Hazel Linen Shirt I recommend size M." in await talk.say("and with chest 96?")


async def test_asking_anew_asks_for_the_product(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    await talk.say("chest 92")
    assert "Which product" in await talk.say("what size should I take?")


async def test_a_measurement_by_itself_begins_the_flow(begin: Begin) -> None:
    talk = await begin()
    assert "Which product" in await talk.say("chest 92 cm")
    assert "I recommend size S." in await talk.say("Hazel linen shirt")


async def test_asking_the_same_again_does_not_lead_astray(begin: Begin) -> None:
    talk = await begin()
    question = await talk.say(HAZEL)
    assert (await talk.say("which size should I take?")).endswith(question)


async def test_a_bare_number_here_is_no_order_number_afterwards(begin: Begin) -> None:
    talk = await begin()
    await talk.say("What size rain suit? Puddle")
    assert "I recommend size 122" in await talk.say("119")
    assert "What is your order number" in await talk.say("where is my order?")


async def test_stopping_forgets_what_was_said(begin: Begin) -> None:
    talk = await begin()
    await talk.say(HAZEL)
    assert "stopped" in await talk.say("never mind")
    assert not [slot for slot in await talk.slots() if slot.startswith("find_size")]


async def test_no_response_comments_on_a_body() -> None:
    file = yaml.safe_load(Path("data/find_size.yml").read_text("utf-8"))
    texts = {name: variation["text"] for name, variations in file["responses"].items() for variation in variations}
    titles = [
        button["title"]
        for variations in file["responses"].values()
        for variation in variations
        for button in variation.get("buttons", [])
    ]
    assert len(texts) > 40
    assert not {text for text in [*texts.values(), *titles] if COMMENTS.search(text)}
