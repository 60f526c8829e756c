"""What moto holds: the APIs of every region, and Lambda's resource policies."""

from moto.apigateway.models import apigateway_backends
from moto.apigatewayv2.models import apigatewayv2_backends
from moto.awslambda.models import lambda_backends

ACCOUNT = "123456789012"


def rest_apis():
    return {id_: api for backend in list(apigateway_backends[ACCOUNT].values()) for id_, api in backend.apis.items()}


def rest_api(api_id):
    return rest_apis().get(api_id)


def http_apis():
    return {id_: api for backend in list(apigatewayv2_backends[ACCOUNT].values()) for id_, api in backend.apis.items()}


def invoke_sources(function_arn):
    """Source ARNs that may invoke a function; none if there is no such function."""
    for backend in list(lambda_backends[ACCOUNT].values()):
        for versions in list(backend._lambdas._functions.values()):
            if versions["latest"].function_arn == function_arn:
                return [source(statement) for statement in versions["latest"].policy.statements]
    return []


def source(statement):
    return statement.get("Condition", {}).get("ArnLike", {}).get("AWS:SourceArn", "")
