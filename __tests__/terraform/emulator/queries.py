"""Saved queries of CloudWatch Logs Insights, which moto 5.2.1 lacks."""

import json
import time
import uuid

from moto.logs.responses import LogsResponse

definitions = {}


def put_query_definition(self):
    id_ = self._get_param("queryDefinitionId") or str(uuid.uuid4())
    definitions[id_] = {
        "queryDefinitionId": id_,
        "name": self._get_param("name"),
        "queryString": self._get_param("queryString"),
        "logGroupNames": self._get_param("logGroupNames") or [],
        "lastModified": int(time.time() * 1000),
    }
    return json.dumps({"queryDefinitionId": id_})


def describe_query_definitions(self):
    prefix = self._get_param("queryDefinitionNamePrefix") or ""
    return json.dumps({"queryDefinitions": [one for one in definitions.values() if one["name"].startswith(prefix)]})


def delete_query_definition(self):
    return json.dumps({"success": definitions.pop(self._get_param("queryDefinitionId"), None) is not None})


def save_queries():
    LogsResponse.put_query_definition = put_query_definition
    LogsResponse.describe_query_definitions = describe_query_definitions
    LogsResponse.delete_query_definition = delete_query_definition
