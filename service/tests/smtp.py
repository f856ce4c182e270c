"""A real SMTP server for the tests of the outbox. What it does with a mail, the recipient's address says.

With a certificate and its key as arguments it takes mails over TLS only: from the first byte with `tls` as the third
argument, after STARTTLS with `starttls`. Prints its port, then every mail that it accepted as one line of JSON. Ends with its standard input.
"""

import asyncio
import email
import json
import ssl
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
    context, way = None, None
    if len(sys.argv) > 1:
        context, way = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), sys.argv[3]
        context.load_cert_chain(sys.argv[1], sys.argv[2])
    inner = {"tls_context": context, "require_starttls": True} if way == "starttls" else {}
    outer = {"ssl": context} if way == "tls" else {}
    server = await loop.create_server(lambda: SMTP(Post(), loop=loop, **inner), "127.0.0.1", 0, **outer)
    say(server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
