/** The part of STS that needs no emulator: who calls, and the credentials of a role of the stack. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type JsonObject, nested } from "../terraform/json";
import type { SynthesizedStack } from "../terraform/read-stack";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";
import { accessDenied } from "./error-response";
import type { Iam, Principal } from "./iam";

const callerArn = ({ partition, accountId }: SynthesizedStack, principal: Principal | undefined) =>
  principal?.arn ?? `arn:${partition}:iam::${accountId}:user/developer`;

export function getCallerIdentity(
  res: ServerResponse,
  stack: SynthesizedStack,
  principal: Principal | undefined,
): number {
  const arn = callerArn(stack, principal);
  return send(res, "GetCallerIdentity", `<Arn>${arn}</Arn><UserId>LOCAL</UserId><Account>${stack.accountId}</Account>`);
}

/**
 * Returns the credentials that functions of a role sign with. The developer may assume every role of the stack, a function those whose
 * trust policy names its role or the account; its own policy was checked before. Credentials do not expire.
 * @throws AwsError ValidationError, AccessDenied
 */
export function assumeRole(
  { body, query }: AwsRequest,
  res: ServerResponse,
  { stack, iam }: { readonly stack: SynthesizedStack; readonly iam: Iam },
  principal: Principal | undefined,
): number {
  const form = new URLSearchParams(body.toString());
  const roleArn = form.get("RoleArn") ?? query.get("RoleArn") ?? "";
  const session = form.get("RoleSessionName") ?? query.get("RoleSessionName") ?? "";
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    const rule = "Member must satisfy regular expression pattern: [\\w+=,.@-]*, with 2 to 64 characters";
    const at = `Value '${session}' at 'roleSessionName' failed to satisfy constraint`;
    throw new AwsError("ValidationError", `1 validation error detected: ${at}: ${rule}`);
  }
  const role = stack.resources("aws_iam_role").find(({ values }) => values.arn === roleArn);
  const isTrusted =
    role && (principal === undefined || trusts(role.values.assume_role_policy, principal.roleArn, stack));
  if (!isTrusted) {
    throw accessDenied(
      `User: ${callerArn(stack, principal)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  }
  const { accessKeyId, secretAccessKey, sessionToken } = iam.roleCredentials(roleArn);
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
  const arn = iam.principal(accessKeyId)?.arn;
  const user = `<AssumedRoleId>${role.values.unique_id}:${arn?.split("/").at(-1)}</AssumedRoleId><Arn>${arn}</Arn>`;
  return send(res, "AssumeRole", `<Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`);
}

/** Whether a statement without a condition allows the role, its account or everybody of AWS to assume. */
function trusts(policy: unknown, roleArn: string, { partition, accountId }: SynthesizedStack): boolean {
  const statements = [nested(JSON.parse(String(policy)))?.Statement ?? []].flat() as JsonObject[];
  const trusted = [roleArn, accountId, `arn:${partition}:iam::${accountId}:root`, "*"];
  return statements.some(({ Effect, Principal, Condition }) => {
    const named = [nested(Principal)?.AWS ?? (Principal === "*" ? "*" : [])].flat().map(String);
    return Effect === "Allow" && Condition === undefined && named.some((name) => trusted.includes(name));
  });
}

function send(res: ServerResponse, operation: string, result: string): number {
  res.writeHead(200, { "Content-Type": "text/xml" });
  res.end(
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
  );
  return 200;
}
