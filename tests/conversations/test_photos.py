"""A photo is thanked for, never judged, and moves no form; a return that it may help asks for one."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")
Orders = dict[str, dict[str, str]]


async def to_the_reason(begin: Begin, orders: Orders, channel: str = "web") -> Talk:
    """A return up to the question why."""
    order, talk = orders["delivered (say that you don't have it)"], await begin(channel=channel)
    await talk.say(f"I want to return something from {order['number']}")
    await talk.say(order["email"])
    await talk.say(await talk.newest_code(order["email"]))
    assert "Why does it go back" in await talk.say("everything")
    return talk


async def test_outside_of_a_flow_it_is_thanked_for_with_what_can_be_done(begin: Begin) -> None:
    talk = await begin(channel="web")
    said = await talk.add_photo()
    assert said.startswith("Thank you, I've added the photo")
    assert talk.buttons == ["Return something", "Talk to a person"]


async def test_a_form_stays_where_it_is(begin: Begin, orders: Orders) -> None:
    talk = await to_the_reason(begin, orders)
    before = await talk.slots()
    await talk.add_photo()
    assert [reply.text.split(",")[0].split("?")[0] for reply in talk.replies] == ["Thank you", "Why does it go back"]
    assert await talk.slots() == before
    assert "money back" in await talk.press("It's damaged")


@pytest.mark.parametrize(
    ("reason", "of"),
    [
        ("It's damaged", "photo of the damage"),
        ("I got the wrong item", "photo of what you got"),
        ("It's not as described", "photo of what you got"),
    ],
)
async def test_a_reason_that_can_be_seen_invites_a_photo_once(
    begin: Begin, orders: Orders, reason: str, of: str
) -> None:
    talk = await to_the_reason(begin, orders)
    said = await talk.press(reason)
    assert of in said.splitlines()[0]
    assert "not required" in said
    assert "money back" in said.splitlines()[1]
    assert "camera" not in await talk.add_photo()


async def test_who_has_added_one_is_not_invited_again(begin: Begin, orders: Orders) -> None:
    talk = await to_the_reason(begin, orders)
    await talk.add_photo()
    assert "camera" not in await talk.press("It's damaged")


async def test_other_reasons_and_other_channels_hear_of_no_camera_button(begin: Begin, orders: Orders) -> None:
    assert "camera" not in await (await to_the_reason(begin, orders)).press("It's too small")
    assert "camera" not in await (await to_the_reason(begin, orders, "test")).press("It's damaged")
