"""Serves one CGI program on every path, as a web server would."""

import http.server
import os
import subprocess
import sys

PORT, PROGRAM, MAPFILE = int(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3])


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = self.path.partition("?")[2]
        environment = {
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": query,
            "MS_MAPFILE": MAPFILE,
            "MAPSERVER_CONFIG_FILE": os.path.join(os.path.dirname(os.path.abspath(__file__)), "mapserver.conf"),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(PORT),
            "SCRIPT_NAME": "/",
            "PATH": os.environ["PATH"],
        }
        answer = subprocess.run([PROGRAM], env=environment, capture_output=True, check=False).stdout
        head, _, body = answer.partition(b"\r\n\r\n")
        self.send_response(200)
        for line in head.decode().splitlines():
            name, _, value = line.partition(":")
            self.send_header(name, value.strip())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
