"""The merchant's rules, out of the file that a shop owner edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from shop.adapters.rules_file import read_rules
from shop.customers import Address
from shop.errors import SetupError
from shop.order_rules import CancelReason, OrderRules
from shop.orders import OrderStatus
from shop.return_rules import RefundTo, ReturnRules
from shop.return_terms import ReturnReason
from shop.rules import ShopRules

OURS = Path("data/shop/returns.yml")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy to change."""
    path = tmp_path / "returns.yml"
    path.write_text(OURS.read_text("utf-8"), "utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")


def test_our_file_says_what_the_code_takes_for_granted() -> None:
    there = Address("Larkspur & Finch, Returns", "12 Tannery Lane", "", "Bristol", "", "BS1 6QH", "GB")
    assert read_rules(OURS) == ShopRules(ReturnRules(), OrderRules(), there)


def test_every_line_can_be_changed(edited: Path) -> None:
    for old, new in (
        ("\n  days: 30", "\n  days: 100"),
        ("final_sale_excluded: yes", "final_sale_excluded: no"),
        ("once_per_order: no", "once_per_order: yes"),
        ("reasons: [too_small, too_big, not_as_described, damaged,", "reasons: [damaged, too_big, # ours\n   "),
        ("refund_to: [original, gift_card, store_credit]", "refund_to: [store_credit]"),
        ("allowed: yes", "allowed: no"),
        ("difference_to: [original, own, store_credit]", "difference_to: [own]"),
        ("free: yes", "free: no"),
        ("within_days: 14", "within_days: 7"),
        ('country: "GB"', 'country: "NO"'),
        ("# no_longer_needed", "#"),
        ("reasons: [no_longer_needed, ordered_by_mistake, found_cheaper, takes_too_long, other]", "reasons: [other]"),
        ("until: packed\n\n", "until: paid\n\n"),
    ):
        change(edited, old, new)
    edited.write_text(edited.read_text("utf-8").rstrip().removesuffix("packed") + "paid", "utf-8")
    rules = read_rules(edited)
    wrong, mind, other = ReturnReason.WRONG_ITEM, ReturnReason.CHANGED_MIND, ReturnReason.OTHER
    assert rules.returns == ReturnRules(
        days=100,
        final_sale_excluded=False,
        once_per_order=True,
        reasons=(ReturnReason.DAMAGED, ReturnReason.TOO_BIG, wrong, mind, other),
        refund_to=(RefundTo.STORE_CREDIT,),
        exchanges=False,
        difference_to=(RefundTo.OWN,),
        free_shipping=False,
        send_within_days=7,
    )
    assert rules.orders == OrderRules(OrderStatus.PAID, (CancelReason.OTHER,), OrderStatus.PAID)
    assert rules.return_address.country == "NO"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\n  days: 30", "\n  days: soon", "returns.days must be a whole number from 0 to 3650, not 'soon'"),
        ("\n  days: 30", "\n  days: -1", "returns.days must be a whole number from 0 to 3650, not -1"),
        ("\n  days: 30", "\n  days: yes", "returns.days must be a whole number from 0 to 3650, not True"),
        ("\n  days: 30", "", "returns.days is missing. Write a whole number from 0 to 3650"),
        ("\n  days: 30", "\n  days: 30\n  dayz: 3", "returns.dayz is not known. What may stand there: days, final_"),
        ("\n  days: 30", "\n  days: 30\n  days: 60", ":10: this is not YAML: days stands here a second time"),
        ("once_per_order: no", "once_per_order: maybe", "returns.once_per_order must be yes or no, not 'maybe'"),
        ("allowed: yes", "allowed: [yes", "this is not YAML"),
        ("[original, own, store_credit]", "[original, cash]",
         "exchanges.difference_to must be a list in brackets with some of these, each once: original, gift_card, own, "
         "store_credit, not 'cash'"),
        ("[original, own, store_credit]", "[]", "exchanges.difference_to must be a list in brackets"),
        ("[original, own, store_credit]", "[own, own]", "exchanges.difference_to must be a list in brackets"),
        ("[original, own, store_credit]", "original", "exchanges.difference_to must be a list in brackets"),
        ('country: "GB"', "country: NO", 'sending_back.address.country must be two capital letters in quotes'),
        ('postcode: "BS1 6QH"', "postcode: 28195", "in quotes if all are digits, not 28195"),
        ("name: Larkspur & Finch, Returns", 'name: ""', "sending_back.address.name must be 1 to 60 characters"),
        ("exchanges:", "swaps:", "exchanges is missing. Write these with values under it: allowed, difference_to"),
        ("until: packed\n\n", "until: shipped\n\n", "cancelling.until must be paid or packed, not 'shipped'"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_name_and_what_may_stand_there(edited: Path, old: str, new: str, told: str) -> None:
    change(edited, old, new)
    with pytest.raises(SetupError) as error:
        read_rules(edited)
    assert str(error.value).startswith(str(edited))
    assert told in str(error.value)


def test_every_slip_is_told_at_once(edited: Path) -> None:
    change(edited, "\n  days: 30", "\n  days: soon")
    change(edited, "free: yes", "free: 1")
    with pytest.raises(SetupError) as error:
        read_rules(edited)
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize("text", ["", "- a", "5", "a: [", "\x00"])
def test_what_is_no_such_file_at_all_is_told(edited: Path, text: str) -> None:
    edited.write_text(text, "utf-8")
    with pytest.raises(SetupError, match=r"returns\.yml"):
        read_rules(edited)


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="can't be read"):
        read_rules(tmp_path / "returns.yml")
