"""A mail server for tests: takes everything, writes down each Message-ID before it says so, and is a little slow.

    python sink.py LOG [slowest answer in milliseconds]

prints its port. It runs as a process of its own, so that what it was given outlives a sender that is killed.
"""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

CHANCE = random.Random(7)


async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, log: Path, slowest: float) -> None:
    async def say(words: str) -> None:
        writer.write(f"{words}\r\n".encode())
        await writer.drain()

    await say("220 sink")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            await say("354 go on")
            found = await take(reader)
            with log.open("a") as file:
                file.write(found + "\n")
            await asyncio.sleep(CHANCE.random() * slowest)  # it has the message, and nobody knows yet
            await say("250 taken")
        elif verb == b"QUIT":
            await say("221 bye")
            break
        else:
            await say("250 ok")
    writer.close()


async def take(reader: asyncio.StreamReader) -> str:
    found, in_head = "", True
    while (line := await reader.readline()) not in (b".\r\n", b""):
        in_head = in_head and line != b"\r\n"
        if in_head and line.lower().startswith(b"message-id:"):
            found = line.split(b":", 1)[1].strip().decode()
    return found


async def main(log: Path, slowest: float) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer, log, slowest)
        except ConnectionError:
            writer.close()

    server = await asyncio.start_server(client, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0))
