"""Acts that are killed anywhere happen exactly once. A sample; `python -m tests.shop.kill_points` tries every step."""

from __future__ import annotations

import re
import subprocess
import sys


def kill(*arguments: str) -> tuple[int, str]:
    """Run the harness in a process of its own: its forks want one without threads."""
    command = [sys.executable, "-m", "tests.shop.kill_points", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


def test_each_act_happens_exactly_once_wherever_it_is_killed() -> None:
    code, told = kill("--sample", "60")
    assert code == 0, told
    points, faults = re.findall(r"(\d+) kill points, (\d+) faults", told)[0]
    assert int(points) >= 60 and faults == "0"
    for act in ("open_return", "open_exchange", "cancel_return", "mark_return_sent", "cancel_order", "change_address",
                "open_claim"):  # fmt: skip
        assert re.search(rf"^{act} +\d+ kills: [1-9]\d* before it was done, [1-9]\d* after", told, re.M), told


def test_an_act_that_is_not_done_once_is_caught() -> None:
    code, told = kill("--careless", "--sample", "20")
    assert code == 1, told
    assert re.search(r"a new key each time .*\n  step \d+: lost or doubled: .*returns \(2 rows, not 1\)", told), told
    assert re.search(r"two transactions .*\n  step \d+: half done", told), told
