"""Serve moto on loopback, on a free port that is printed. Ends with its standard input, so never later than the gate."""

import logging
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

moto = DomainDispatcherApplication(create_backend_app)
answers = {}


def answer(environ, start_response):
    """As AWS, do a call once. A client whose answer got lost sends the call again under the same id; moto would do it again:
    a permission would stand there twice, and a function already exist."""
    call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
    if call in answers:
        print(f"repeated response: {environ['REQUEST_METHOD']} {environ['PATH_INFO']}", file=sys.stderr, flush=True)
        body, status, headers = answers[call]
    else:
        body, status, headers = run_wsgi_app(moto, environ, buffered=True)
        body = list(body)
        if call and not status.startswith("5"):
            answers[call] = body, status, headers
    start_response(status, list(headers))
    return body


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, answer, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.port, flush=True)
sys.stdin.read()
