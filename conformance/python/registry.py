"""The pull half of an image registry, on loopback: plain or with TLS, with bearer tokens, counting what it is asked."""
import base64
import http.server
import json
import ssl
import subprocess
import threading
import urllib.parse

USER, PASSWORD, TOKEN = "puller", "pa:ss", "a-token"


class Registry:
    """`images`: {"repository:tag": Image or (index bytes, [images])}."""

    def __init__(self, images, bearer=False, certificate=None, damage=None):
        self.asked = []
        self.manifests, self.blobs = {}, {}
        for name, image in images.items():
            index, parts = image if isinstance(image, tuple) else (None, [image])
            repository, tag = name.split(":")
            for part in parts:
                self.manifests[repository, part.digest] = part.manifest
                self.manifests[repository, tag] = index or part.manifest
                self.blobs.update(part.blobs())
        if damage:
            self.blobs[damage] = self.blobs[damage][:-1] + bytes([self.blobs[damage][-1] ^ 1])
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body=b"", **headers):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                owner.asked.append(self.path)
                path, _, query = self.path.partition("?")
                given = self.headers.get("Authorization")
                if path == "/token":
                    basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
                    scope = urllib.parse.parse_qs(query).get("scope", [""])[0]
                    if given != basic or not scope.endswith(":pull"):
                        return self.answer(401)
                    return self.answer(200, json.dumps({"token": TOKEN}).encode())
                if bearer and given != f"Bearer {TOKEN}":
                    challenge = f'Bearer realm="{owner.url}/token",service="test",scope="repository:x:pull"'
                    return self.answer(401, WWW_Authenticate=challenge)
                parts = path.split("/")
                kind, name, repository = parts[-2], parts[-1], "/".join(parts[2:-2])
                if kind == "manifests" and (repository, name) in owner.manifests:
                    data = owner.manifests[repository, name]
                    return self.answer(200, data, Content_Type=json.loads(data)["mediaType"])
                if kind == "blobs" and name in owner.blobs:
                    # As registries do: the blob is elsewhere.
                    return self.answer(307, Location=f"/storage/blobs/{name}") if parts[1] == "v2" else \
                        self.answer(200, owner.blobs[name])
                self.answer(404, b'{"errors":[]}')

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.host = f"localhost:{self.server.server_port}"
            self.url = f"https://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def make_certificate(directory):
    """An authority, and a certificate of it for `localhost`: (authority, certificate, key)."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=directory)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=test authority")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (directory / "names").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-out", "server.pem", "-extfile", "names")
    return directory / "ca.pem", directory / "server.pem", directory / "server.key"
