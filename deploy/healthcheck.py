"""Ask the web server of this container whether it recognises a digit: exit status 0 or 1.

It asks where ``NET_BIND`` says, without curl and without importing the app.
"""

import http.client
import os
import socket
import sys

SECONDS = 5
# Where a server is asked that listens everywhere.
_HERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}


class _UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket, whose path stands in the place of the host."""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(SECONDS)
        self.sock.connect(self.host)


def connection_to(bind: str) -> http.client.HTTPConnection:
    """Make a connection to the first of gunicorn's addresses, as ``NET_BIND`` has them."""
    address = bind.split(",")[0].strip()
    if address.startswith("unix:"):
        return _UnixConnection(address.removeprefix("unix:").replace("//", "/"), 80)
    host, _, port = address.rpartition(":")
    if not port.isdecimal():  # gunicorn then takes 8000
        host, port = address, "8000"
    host = host.strip("[]")
    return http.client.HTTPConnection(_HERE.get(host, host), int(port), timeout=SECONDS)


def main() -> int:
    """Ask; what is wrong is printed, and Docker keeps it."""
    default = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
    connection = connection_to(os.environ.get("NET_BIND") or default)
    try:
        # One of the names that NET_TRUSTED_HOSTS has to allow.
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        answer = connection.getresponse()
        print(answer.read(2000).decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException) as error:
        print(f"no answer: {error}")
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
