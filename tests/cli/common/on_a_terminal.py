#!/usr/bin/env python3
"""Runs a command on a pseudo-terminal and answers its questions.

usage: on_a_terminal.py ANSWERS COMMAND [ARG...]

ANSWERS are separated by commas; each is typed when a prompt that ends in ": " stands there. What the
terminal shows is printed, and the command's exit status is this one's.
"""
import os
import pty
import select
import sys
import time

answers = sys.argv[1].split(",")
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
answered = 0
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 1)
    if ready:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    if answers and shown[answered:].endswith(b": "):
        answered = len(shown)
        os.write(terminal, answers.pop(0).encode() + b"\n")
else:
    os.kill(pid, 9)
sys.stdout.buffer.write(shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
