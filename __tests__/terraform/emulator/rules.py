"""AWS's rules for API Gateway that moto does not have, and the updates in place that moto cannot do, in front of moto.

Rules: https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html (a deployment is a snapshot), and the error
texts that Terraform users report. `GET /_gate/apis` returns what the stages serve and what is configured.
"""

import json
import threading
from io import BytesIO

import snapshots
import updates
from backends import http_apis, rest_api

lock = threading.RLock()


class Rejected(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def bad_request(message):
    return Rejected("400 Bad Request", "BadRequestException", message)


def conflict(message):
    return Rejected("409 Conflict", "ConflictException", message)


def with_rules(moto):
    """@param moto a WSGI application"""

    def app(environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path == "/_gate/apis":
            return respond(start_response, "200 OK", snapshots.report())
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        with lock:
            try:
                updated = served_here(method, path, body)
            except Rejected as error:
                headers = [("x-amzn-ErrorType", error.code)]
                return respond(start_response, error.status, {"message": error.message}, headers)
            if updated is not None:
                return respond(start_response, "200 OK", updated)
            response = list(moto(environ, start_response))
            if method != "GET":
                after(method, path, json.loads(body or b"{}") if path.startswith("/restapis") else {}, response)
            return response

    return app


def respond(start_response, status, content, headers=()):
    start_response(status, [("Content-Type", "application/json"), *headers])
    return [json.dumps(content).encode()]


def served_here(method, path, body):
    """Rejects what AWS rejects. Returns the response of an update that moto cannot do; None for what moto does."""
    match path.strip("/").split("/"):
        case ["restapis", api_id, *rest] if method != "GET" and rest_api(api_id):
            api, content = rest_api(api_id), json.loads(body or b"{}")
            check_rest(method, api, rest, content)
            if method == "PATCH":
                return updates.update(api, rest, content["patchOperations"])
        case ["v2", "apis", api_id, *rest] if method != "GET" and api_id in http_apis():
            check_http(method, http_apis()[api_id], rest, json.loads(body or b"{}"))
    return None


def after(method, path, content, response):
    match path.strip("/").split("/"):
        case ["restapis"] if method == "POST":
            # moto forgets these.
            rest_api(json.loads(b"".join(response))["id"]).binaryMediaTypes = content.get("binaryMediaTypes") or []
        case ["restapis", api_id, "deployments"] if method == "POST" and rest_api(api_id):
            snapshots.take(rest_api(api_id), json.loads(b"".join(response))["id"])
    snapshots.note_failing_routes()


def check_rest(method, api, rest, content):
    match [method, *rest]:
        case ["POST", "resources", parent_id]:
            check_sibling(api, None, parent_id, content["pathPart"])
        case ["PATCH", "resources", resource_id]:
            for operation in content["patchOperations"]:
                if operation["path"] == "/pathPart":
                    check_sibling(api, resource_id, api.resources[resource_id].parent_id, operation["value"])
        case ["PUT", "resources", resource_id, "methods", name]:
            if name in api.resources[resource_id].resource_methods:
                raise conflict("Method already exists for this resource")
            check_method(api, content)
        case ["POST", "models"]:
            if content["name"] in api.models:
                raise conflict("Model name already exists for this REST API")
        case ["DELETE", "models", name]:
            if users := methods_with(api, lambda it: name in (it.request_models or {}).values()):
                raise conflict(f"Cannot delete model '{name}', is referenced in method request: {users[0]}")
        case ["DELETE", "authorizers", authorizer_id]:
            if users := methods_with(api, lambda it: it.authorizer_id == authorizer_id):
                raise conflict(f"Cannot delete authorizer '{authorizer_id}', is referenced in method: {users[0]}")
        case ["DELETE", "requestvalidators", validator_id]:
            if users := methods_with(api, lambda it: it.request_validator_id == validator_id):
                raise conflict(f"Cannot delete request validator '{validator_id}', is referenced in method: {users[0]}")
        case ["DELETE", "resources", resource_id]:
            if any(other.parent_id == resource_id for other in api.resources.values()):
                raise conflict(f"Resource {resource_id} has children")  # AWS would delete them, unknown to Terraform
        case ["DELETE", "deployments", deployment_id]:
            if any(stage.deployment_id == deployment_id for stage in api.stages.values()):
                raise bad_request("Active stages pointing to this deployment must be moved or deleted")
        case ["POST", "deployments"]:
            for name, method_ in snapshots.methods(api):
                if not method_.method_integration:
                    raise bad_request(f"No integration defined for method {name}")


def check_method(api, content):
    if content.get("authorizationType") in ("CUSTOM", "COGNITO_USER_POOLS"):
        if content.get("authorizerId") not in api.authorizers:
            raise bad_request("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")
    for name in (content.get("requestModels") or {}).values():
        if name not in api.models and name not in ("Empty", "Error"):
            raise bad_request(f"Invalid model identifier specified: {name}")
    validator = content.get("requestValidatorId")
    if validator and validator not in api.request_validators:
        raise bad_request("Invalid Request Validator identifier specified")


def check_sibling(api, own_id, parent_id, part):
    for sibling in api.resources.values():
        if sibling.parent_id != parent_id or sibling.id == own_id:
            continue
        if sibling.path_part == part:
            raise conflict(f"Another resource with the same parent already has this name: {part}")
        if part.startswith("{") and sibling.path_part.startswith("{"):
            raise bad_request(f"A sibling ({sibling.path_part}) of this resource already has a variable path part -- only one is allowed")


def methods_with(api, condition):
    return [name for name, method in snapshots.methods(api) if condition(method)]


def check_http(method, api, rest, content):
    targets = {route.target for route in api.routes.values()}
    keys = {route.route_key for route in api.routes.values()}
    match [method, *rest]:
        case ["DELETE", "integrations", integration_id] if f"integrations/{integration_id}" in targets:
            raise conflict(f"Cannot delete Integration '{integration_id}': it is used by a route")
        case ["DELETE", "authorizers", authorizer_id]:
            if any(route.authorizer_id == authorizer_id for route in api.routes.values()):
                raise conflict(f"Cannot delete authorizer '{authorizer_id}': it is used by a route")
        case ["POST", "routes"]:
            check_route(api, None, content["routeKey"])
        case ["PATCH", "routes", route_id] if content.get("routeKey"):
            check_route(api, route_id, content["routeKey"])
        case ["POST" | "PATCH", "stages", *_]:
            unknown = [key for key in content.get("routeSettings") or {} if key not in keys]
            if unknown:
                raise Rejected("404 Not Found", "NotFoundException", f"Unable to find Route by key {unknown[0]} within the provided RouteSettings")


def check_route(api, own_id, key):
    for route in api.routes.values():
        if route.route_id == own_id:
            continue
        if route.route_key == key:
            raise conflict(f"Route with key {key} already exists for this API")
        if variables_conflict(key, route.route_key):
            raise conflict(f"The provided route key {key} has a conflicting variable on the same hierarchical level as {route.route_key}")


def variables_conflict(key, other):
    """Whether two routes name the same variable differently. AWS documents no such rule for HTTP APIs; its error text names both
    routes with their methods, so that the methods are taken to be no matter."""
    for mine, theirs in zip(key.split("/")[1:], other.split("/")[1:]):
        if mine != theirs:
            return all(part.startswith("{") and not part.endswith("+}") for part in (mine, theirs))
    return False
