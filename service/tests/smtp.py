"""A real SMTP server for the tests of the outbox. What it does with a mail, the recipient's address says.

Prints its port, then every mail that it accepted as one line of JSON. Ends with its standard input.
"""

import asyncio
import email
import json
import sys

from aiosmtpd.smtp import SMTP

seen = {}


def say(line):
    print(line, flush=True)


class Post:
    async def handle_RCPT(self, server, session, envelope, address, options):
        word = address.split("@")[0].split(".")[0]
        seen[address] = seen.get(address, 0) + 1
        if word == "gone":
            return "550 5.1.1 no such mailbox"
        if word == "busy" and seen[address] == 1:
            return "451 4.7.1 try again later"
        if word == "full":
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        word = address.split("@")[0].split(".")[0]
        if word == "cut" and seen[address] == 1:
            server.transport.abort()
            await asyncio.sleep(3600)
        mail = email.message_from_bytes(envelope.content)
        parts = {part.get_content_type(): part.get_payload(decode=True).decode() for part in mail.get_payload()}
        say(json.dumps({
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "id": mail["Message-ID"],
            "subject": str(email.header.make_header(email.header.decode_header(mail["Subject"]))),
            "text": parts.get("text/plain"),
            "html": parts.get("text/html"),
        }))
        if word == "lost" and seen[address] == 1:
            # Accepted, and the line breaks before anybody hears of it.
            server.transport.abort()
            await asyncio.sleep(3600)
        return "250 Accepted"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Post(), loop=loop), "127.0.0.1", 0)
    say(server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
