"""Updates in place that moto 5.2.1 answers with an error, or does wrongly: JSON Patch operations on its objects."""

METHOD = {
    "authorizationType": "authorization_type",
    "authorizerId": "authorizer_id",
    "apiKeyRequired": "api_key_required",
    "requestValidatorId": "request_validator_id",
    "authorizationScopes": "authorization_scopes",
    "requestModels": "request_models",
    "requestParameters": "request_parameters",
    "operationName": "operation_name",
}
INTEGRATION = {
    "uri": "uri",
    "type": "integration_type",
    "httpMethod": "http_method",
    "credentials": "credentials",
    "connectionType": "connection_type",
    "timeoutInMillis": "timeout_in_millis",
    "contentHandling": "content_handling",
    "passthroughBehavior": "passthrough_behaviour",
    "cacheNamespace": "cache_namespace",
    "cacheKeyParameters": "cache_key_parameters",
    "requestTemplates": "request_templates",
    "requestParameters": "request_parameters",
}
METHOD_RESPONSE = {"responseModels": "response_models", "responseParameters": "response_parameters"}
RESOURCE = {"pathPart": "path_part", "parentId": "parent_id"}
MODEL = {"schema": "schema", "description": "description"}
AUTHORIZER = {
    "name": "name",
    "type": "type",
    "providerARNs": "provider_arns",
    "identitySource": "identity_source",
    "authorizerUri": "authorizer_uri",
    "authorizerCredentials": "authorizer_credentials",
    "identityValidationExpression": "identity_validation_expression",
    "authorizerResultTtlInSeconds": "authorizer_result_ttl",
}
API = {
    "name": "name",
    "description": "description",
    "policy": "policy",
    "apiKeySource": "api_key_source",
    "binaryMediaTypes": "binaryMediaTypes",
    "disableExecuteApiEndpoint": "disableExecuteApiEndpoint",
    "minimumCompressionSize": "minimum_compression_size",
}
NUMBERS = {"minimumCompressionSize", "timeoutInMillis", "authorizerResultTtlInSeconds"}
LISTS = {"authorizationScopes", "cacheKeyParameters", "providerARNs", "binaryMediaTypes"}


def update(api, rest, operations):
    """The updated object as AWS returns it; None for what moto does well."""
    found = find(api, rest)
    if not found or not all(root(operation) in found[1] for operation in operations):
        return None
    target, names, to_json = found
    for operation in operations:
        apply(target, names, operation)
    return to_json()


def find(api, rest):
    match rest:
        case []:
            return api, API, api.to_dict
        case ["models", name]:
            return api.models[name], MODEL, api.models[name].to_json
        case ["authorizers", id_]:
            return api.authorizers[id_], AUTHORIZER, api.authorizers[id_].to_json
        case ["resources", id_]:
            return api.resources[id_], RESOURCE, api.resources[id_].to_dict
        case ["resources", id_, "methods", name, *below]:
            method = api.resources[id_].resource_methods[name]
            match below:
                case []:
                    return method, METHOD, method.to_json
                case ["integration"]:
                    return method.method_integration, INTEGRATION, method.method_integration.to_json
                case ["responses", code]:
                    return method.method_responses[code], METHOD_RESPONSE, method.method_responses[code].to_json
    return None


def pointer(operation):
    return [part.replace("~1", "/").replace("~0", "~") for part in operation["path"].removeprefix("/").split("/")]


def root(operation):
    return pointer(operation)[0]


def apply(target, names, operation):
    name, *keys = pointer(operation)
    value = typed(name, operation.get("value"))
    remove = operation["op"] == "remove"
    current = getattr(target, names[name])
    if name in LISTS:
        item = "/".join(keys) or value
        if operation["op"] == "replace":
            current = [value] if not keys else [value if old == item else old for old in current]
        else:
            current = [old for old in current or [] if old != item] + ([] if remove else [item])
    elif keys:
        current = {key: old for key, old in (current or {}).items() if key != keys[0]}
        if not remove:
            current[keys[0]] = value
    else:
        current = None if remove or value == "" else value
    setattr(target, names[name], current)


def typed(name, value):
    if name in NUMBERS and value:
        return int(value)
    return {"true": True, "false": False}.get(value, value)
