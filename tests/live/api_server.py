"""A Kubernetes API server in small: HTTPS, EKS's token, the real list paths, pages, and faults."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class ApiServer:
    """What it holds and what it was asked. objects: list path -> objects. statuses: path -> status to fail with.

    page: objects in a page at most, whatever is asked for.
    """

    url: str = ""
    certificate: str = ""
    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    page: int = 500

    @property
    def authority(self) -> str:
        """Its certificate as DescribeCluster gives it."""
        return base64.b64encode(self.certificate.encode()).decode()


def _self_signed(folder: Path) -> tuple[Path, str]:
    """A file of key and certificate for 127.0.0.1, and the certificate alone, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kubernetes")])
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    authority = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day)
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(authority, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    path = folder / "server.pem"
    path.write_text(private + pem)
    return path, pem


@contextmanager
def serving(folder: Path) -> Iterator[ApiServer]:
    """A server that runs until the block ends."""
    path, pem = _self_signed(folder)
    state = ApiServer(certificate=pem)

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            parts = urlsplit(self.path)
            state.asked.append((self.command, parts.path))
            status, body = _answer(state, parts.path, parse_qs(parts.query), self.headers.get("Authorization", ""))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815 - the names are http.server's

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    state.url = f"https://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


def _answer(state: ApiServer, path: str, query: dict[str, list[str]], authorization: str) -> tuple[int, dict[str, Any]]:
    scheme, _, token = authorization.partition(" ")
    state.tokens.add(token)
    if scheme != "Bearer" or not token.startswith("k8s-aws-v1."):
        return 401, {"kind": "Status"}
    if path in state.statuses:
        return state.statuses[path], {"kind": "Status", "message": "secret detail"}
    objects = state.objects.get(path, [])
    start = int(query.get("continue", ["0"])[0])
    end = start + min(state.page, int(query.get("limit", ["500"])[0]))
    following = str(end) if end < len(objects) else ""
    return 200, {"kind": "List", "metadata": {"continue": following}, "items": objects[start:end]}
