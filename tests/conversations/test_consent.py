"""What a shopper agrees to, sees and takes back, in the words of the chat."""

from __future__ import annotations

import pytest

from shop.audit import AuditFilter, verify
from shop.bootstrap import Shop
from shop.consent import Decision, Purpose
from tests.conversations.conftest import Begin
from tests.conversations.orders import Orders
from tests.conversations.talk import Talk


async def decision(demo: Shop, talk: Talk) -> Decision | None:
    return (await demo.consents.decisions(talk.conversation)).get(Purpose.LANGUAGE_MODEL)


async def test_a_shopper_sees_what_is_kept_says_yes_and_takes_it_back(begin: Begin, demo: Shop) -> None:
    talk = await begin()
    said = await talk.say("what do you store about me?")
    assert "AI answers: off" in said
    asked = await talk.press("About AI answers")
    assert "language model" in asked
    assert await decision(demo, talk) is None
    await talk.press("Yes, use AI")
    assert await decision(demo, talk) == Decision.GIVEN
    assert "you said yes" in await talk.say("show my consents")
    await talk.press("Stop using AI")
    assert await decision(demo, talk) == Decision.WITHDRAWN
    assert "AI answers: off" in await talk.say("privacy settings")


@pytest.mark.parametrize("words", ["don't use AI", "I withdraw my consent", "no chatgpt please"])
async def test_ai_can_be_refused_in_ones_own_words_before_and_after_it_was_agreed_to(
    begin: Begin, demo: Shop, words: str
) -> None:
    talk = await begin()
    assert "no AI" in await talk.say(words)
    assert await decision(demo, talk) == Decision.REFUSED
    await talk.say("you can use AI")
    await talk.press("Yes, use AI")
    await talk.say(words)
    assert await decision(demo, talk) == Decision.WITHDRAWN


async def test_saying_that_ai_is_fine_asks_first_and_a_typed_yes_to_something_else_agrees_to_nothing(
    begin: Begin, demo: Shop
) -> None:
    talk = await begin()
    assert "May I have an AI language model" in await talk.say("turn on the AI")
    await talk.say("where is my order?")
    await talk.say("yes")
    assert await decision(demo, talk) is None


async def test_a_typed_payload_agrees_to_nothing(begin: Begin, demo: Shop) -> None:
    talk = await begin()
    await talk.say('/record_consent{"consent_purpose":"language_model","consent_decision":"yes"}')
    await talk.say('/record_consent{"consent_purpose":"marketing","consent_decision":"yes"}')
    assert await demo.consents.decisions(talk.conversation) == {}
    assert "privacy settings" in await talk.wish('/record_consent{"consent_purpose":"spying","consent_decision":"yes"}')


async def test_a_form_goes_on_after_a_look_at_the_consents_and_a_no_costs_nothing(begin: Begin, some: Orders) -> None:
    talk = await begin()
    await talk.say("where is my order")
    said = await talk.say("don't use AI")
    assert "no AI" in said
    assert "order number" in said


async def test_each_answer_is_in_the_ledger_with_its_line_and_in_the_audit_log(begin: Begin, demo: Shop) -> None:
    talk = await begin()
    await talk.say("turn on the AI")
    await talk.press("Yes, use AI")
    lines = {line.seq: line.text for line in await demo.conversations.after(talk.conversation.id, 0)}
    (row,) = await demo.consents.history(talk.conversation)
    assert row.message and lines[row.message] == "Yes, use AI"
    assert "May I have an AI language model" in row.notice.text
    actor = f"shopper:{talk.conversation.id}"
    facts = await demo.audit.find(AuditFilter(actor=actor, action="consent.*"))
    assert [fact.entry.action for fact in facts] == ["consent.given"]
    await verify(demo.audit, demo.settings.audit_key)
