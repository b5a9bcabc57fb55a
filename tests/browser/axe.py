"""axe-core, run in the page: what a machine can find of what keeps people out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

_AXE = Path("connectors/web/node_modules/axe-core/axe.min.js")
_HERE = "() => Boolean(window.axe)"
_RUN = """async () => {
  const { violations, incomplete, passes } = await window.axe.run(document);
  const failed = (node) => node.none.some((check) => check.id === "error-occurred");
  const measured = passes.find((rule) => rule.id === "color-contrast")?.nodes ?? [];
  return {
    violations,
    errors: incomplete.filter((rule) => rule.nodes.some(failed)).map((rule) => rule.id),
    measured: measured.filter((node) => Array.isArray(node.target[0])).length,
    open: Boolean(document.querySelector("storehand-chat")?.shadowRoot.querySelector("dialog[open]")),
  };
}"""
_BAD = {"serious", "critical"}
_LEAST = 10


async def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it is now, with the element it is about.

    Also says where axe saw nothing: it leaves out what it takes for invisible, and a rule that breaks.
    """
    await page.wait_for_timeout(400)  # what is still fading in has too little contrast
    if not await page.evaluate(_HERE):
        await page.evaluate(_source())
    result: dict[str, Any] = await page.evaluate(_RUN)
    found = [f"axe broke in {rule}" for rule in result["errors"]]
    if result["open"] and result["measured"] < _LEAST:
        found.append(f"axe measured the contrast of {result['measured']} elements in the chat")
    return found + [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in result["violations"]
        if each["impact"] in _BAD
        for node in each["nodes"]
    ]


@cache
def _source() -> str:
    assert _AXE.is_file(), "axe-core is not there: run `npm ci` in connectors/web."
    return _AXE.read_text("utf-8")
