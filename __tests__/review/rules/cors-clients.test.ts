import { corsClients } from "../../../review/rules/cors-clients";
import { oneWay, pairs } from "../support/pairs";
import { updated } from "../support/plan";

const API = "aws_apigatewayv2_api";
const cors = (allow_headers: string[], allow_methods = ["GET", "POST"]) => ({
  cors_configuration: [{ allow_origins: ["https://a.example"], allow_headers, allow_methods }],
});
const preflight = (headers: string) => ({
  response_parameters: { "method.response.header.Access-Control-Allow-Headers": `'${headers}'` },
});

pairs(corsClients, [
  oneWay("clients-broken", API, cors(["authorization", "content-type"]), cors(["content-type"])),
  oneWay("clients-broken", API, cors(["authorization"]), cors(["authorization"], ["GET"])),
  [
    "clients-broken",
    "a header that is no longer allowed",
    [updated(`${API}.a`, cors(["authorization"]), cors(["content-type"]))],
    "the same header in other letters, and all of them",
    [updated(`${API}.a`, cors(["Authorization"]), cors(["authorization"], ["*"]))],
  ],
  oneWay("clients-broken", API, cors(["authorization"]), { cors_configuration: [] }),
  oneWay(
    "clients-broken",
    "aws_api_gateway_integration_response",
    preflight("Content-Type,Authorization"),
    preflight("Content-Type"),
  ),
]);
