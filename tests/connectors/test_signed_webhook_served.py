"""The signed web hook as `storehand serve` runs it: beside Rasa's channels, by the README's words, and after a kill."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from tests.connectors.platform import SECRET, platform, until
from tests.server import Server

NAMED = "rest:\nconnectors.signed_webhook.SignedWebhook:\n  reply_url: {}\n"


def server(home: Path, reply_url: str, **environment: str) -> tuple[Server, str]:
    """A server and the credentials to start it with."""
    (home / "credentials.yml").write_text(NAMED.format(reply_url), "utf-8")
    return Server(home, STOREHAND_DEMO="no", **environment), str(home / "credentials.yml")


async def as_the_readme_says(url: str) -> str:
    """Run the commands there; what curl printed."""
    commands = re.search(r"```sh\n(body=.*?)```", Path("README.md").read_text("utf-8"), re.DOTALL)
    assert commands
    shell = await asyncio.create_subprocess_exec(
        "sh", "-ec", commands[1].replace("http://localhost:8000", url),
        env={"STOREHAND_WEBHOOK_SECRET": SECRET, "PATH": "/usr/bin:/bin"}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await shell.communicate()
    return printed.decode()


async def test_the_readmes_commands_work_beside_rasas_channels_and_a_killed_server_sends_what_it_had_not(
    trained_model: Path, tmp_path: Path
) -> None:
    async with platform() as (there, reply_url):
        running, credentials = server(tmp_path, reply_url, STOREHAND_WEBHOOK_SECRET=f"newer,{SECRET}")
        there.storehand = running.url
        try:
            await asyncio.to_thread(running.start, "--credentials", credentials)
            assert "202 Accepted" in await as_the_readme_says(running.url)
            await until(lambda: there.taken)
            assert there.taken[0]["to"] == "+4942100000"
            assert "200 OK" in await as_the_readme_says(running.url)
            async with aiohttp.ClientSession() as http:
                said = {"sender": "1", "message": "where is my order?"}
                async with http.post(f"{running.url}/webhooks/rest/webhook", json=said) as answer:
                    assert [each["text"] for each in await answer.json()] == there.texts
            seen, there.down = len(there.seen), True
            assert (await there.say("hello", sender="+4942100001")).status == 202
            await until(lambda: len(there.seen) > seen)
            running.kill()
            there.down = False
            await asyncio.to_thread(running.start, "--credentials", credentials)
            await until(lambda: len(there.taken) > 1)
            await asyncio.sleep(0.5)
            assert [each["to"] for each in there.taken] == ["+4942100000", "+4942100001"]
        finally:
            running.stop()


def test_without_a_secret_nothing_is_served(trained_model: Path, tmp_path: Path) -> None:
    running, credentials = server(tmp_path, "https://gateway.example.com/replies")
    with pytest.raises(RuntimeError, match="The signed web hook has no secret: set STOREHAND_WEBHOOK_SECRET"):
        running.start("--credentials", credentials)
