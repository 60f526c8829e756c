"""The snapshot that each deployment takes, and the routes that the stages serve by it."""

import json
import re
from fnmatch import fnmatchcase

from backends import ACCOUNT, invoke_sources, rest_apis, http_apis

taken = {}
# Routes that a stage served for a moment without a function that it may invoke, since the last report.
failing = set()


def take(api, deployment_id):
    taken[api.id, deployment_id] = configuration(api)


def methods(api):
    """(`GET /echo`, method) of every method."""
    return [
        (f"{name} {resource.get_path()}", method)
        for resource in api.resources.values()
        for name, method in resource.resource_methods.items()
    ]


def configuration(api):
    """Everything that a deployment copies, as it is now."""
    own = api.to_dict()
    names = ["binaryMediaTypes", "apiKeySource", "policy", "disableExecuteApiEndpoint", "minimumCompressionSize"]
    content = {
        "api": {name: own[name] for name in names},
        "authorizers": [authorizer.to_json() for authorizer in api.authorizers.values()],
        "models": {name: model.to_json() for name, model in api.models.items()},
        "validators": [validator.to_dict() for validator in api.request_validators.values()],
        "gatewayResponses": {name: response.to_json() for name, response in api.gateway_responses.items()},
        "methods": {name: method.to_json() for name, method in methods(api)},
    }
    return json.loads(json.dumps(content, sort_keys=True))


def report():
    """By API id: what each stage serves, and what is configured. Forgets the failing routes."""
    apis = {
        id_: {
            "configured": configuration(api),
            "stages": {name: taken.get((id_, stage.deployment_id)) for name, stage in api.stages.items()},
        }
        for id_, api in rest_apis().items()
    }
    moments = sorted(failing)
    failing.clear()
    routes = [route.route_key for api in http_apis().values() for route in api.routes.values()]
    return {"apis": apis, "routes": routes, "failing": moments}


def note_failing_routes():
    for id_, api in rest_apis().items():
        for stage in api.stages.values():
            served = (taken.get((id_, stage.deployment_id)) or {}).get("methods", {})
            for route, method in served.items():
                check(id_, api.region_name, route, (method["methodIntegration"] or {}).get("uri"))
    for id_, api in http_apis().items():
        for route in api.routes.values() if api.stages else []:
            integration = api.integrations.get((route.target or "").removeprefix("integrations/"))
            check(id_, api.arn.split(":")[3], route.route_key, integration.integration_uri if integration else None)


def check(api_id, region, route, uri):
    if not uri:
        return
    function = re.search(r"arn:aws:lambda:[^/]+", uri)
    method, path = re.sub(r"\{[^}]+\}", "x", route).split(" ")
    source = f"arn:aws:execute-api:{region}:{ACCOUNT}:{api_id}/stage/{method}{path}"
    if not any(fnmatchcase(source, pattern) for pattern in invoke_sources(function.group(0))):
        failing.add(route)
