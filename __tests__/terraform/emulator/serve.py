"""Serve moto under AWS's rules on loopback, on a free port that is printed. Ends with its standard input, so never later than the gate."""

import logging
import os
import sys
import threading

os.environ["MOTO_ACM_VALIDATION_WAIT"] = "0"  # read when moto is imported: certificates are issued at once

from corrections import correct
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from rules import with_rules
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

correct()
aws = with_rules(DomainDispatcherApplication(create_backend_app))
responses = {}


def once(environ, start_response):
    """Executes a request once, as AWS does. A client that lost the response sends the request again under the same id; moto would
    execute it again: it would create a second permission, or report that a function exists."""
    request = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
    if request in responses:
        print(f"repeated response: {environ['REQUEST_METHOD']} {environ['PATH_INFO']}", file=sys.stderr, flush=True)
        body, status, headers = responses[request]
    else:
        body, status, headers = run_wsgi_app(aws, environ, buffered=True)
        body = list(body)
        if request and not status.startswith("5"):
            responses[request] = body, status, headers
    start_response(status, list(headers))
    return body


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, once, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.port, flush=True)
sys.stdin.read()
