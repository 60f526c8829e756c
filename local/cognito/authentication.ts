import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { AwsV4Signer } from "aws4fetch";
import type { Iam, Principal } from "../aws/iam";
import { CognitoException } from "./errors";

export interface SignedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Operations that need no signature: a password, a code or a token is the credential. */
const unsigned = new Set(
  "ChangePassword ConfirmForgotPassword ConfirmSignUp DeleteUser ForgotPassword GetTokensFromRefreshToken GetUser GlobalSignOut InitiateAuth ResendConfirmationCode RespondToAuthChallenge RevokeToken SignUp UpdateUserAttributes VerifyUserAttribute".split(
    " ",
  ),
);

/**
 * Throws unless AWS would accept the request. Access keys that belong to no role of this stack are the developer's, who
 * may do everything: there is no secret to verify their signature with.
 * @throws MissingAuthenticationTokenException, IncompleteSignatureException, UnrecognizedClientException,
 * InvalidSignatureException, AccessDeniedException
 */
export async function authorize(request: SignedRequest, operation: string, poolArn: string, iam: Iam): Promise<void> {
  if (unsigned.has(operation)) return;
  const principal = await authenticate(request, iam);
  const action = `cognito-idp:${operation}`;
  if (!principal || principal.allows(action, poolArn)) return;
  throw new CognitoException(
    "AccessDeniedException",
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${poolArn} because no identity-based policy allows the ${action} action`,
  );
}

const authorizationHeader =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;

/** The role that signed; undefined for the operator. */
async function authenticate(request: SignedRequest, iam: Iam): Promise<Principal | undefined> {
  const header = request.headers.authorization;
  if (!header) throw new CognitoException("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, accessKeyId = "", , region = "", service = "", signedHeaders = "", signature = ""] =
    authorizationHeader.exec(header) ?? [];
  if (!accessKeyId) {
    throw new CognitoException(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
    );
  }
  const principal = iam.principal(accessKeyId);
  if (!principal && !accessKeyId.startsWith("ASIA")) return undefined;
  if (principal?.credentials.sessionToken !== request.headers["x-amz-security-token"] || !principal) {
    throw new CognitoException("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  const expected = await sign(request, principal, { region, service, signedHeaders: signedHeaders.split(";") });
  if (service === "cognito-idp" && timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return principal;
  throw new CognitoException(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  );
}

interface Scope {
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
}

/** The signature that the role's secret gives to this request, over the headers that the caller signed. */
async function sign({ headers, body }: SignedRequest, { credentials }: Principal, scope: Scope): Promise<string> {
  const signed = scope.signedHeaders
    .filter((name) => name !== "host")
    .map((name): [string, string] => [name, String(headers[name] ?? "")]);
  const signer = new AwsV4Signer({
    method: "POST",
    url: `http://${headers.host}/`,
    headers: signed,
    body: new Uint8Array(body),
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey,
    datetime: String(headers["x-amz-date"]),
    region: scope.region,
    service: scope.service,
    allHeaders: true,
  });
  return signer.signature();
}
