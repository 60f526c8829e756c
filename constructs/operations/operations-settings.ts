/** Settings of operations that AWS would reject together, at apply at the earliest. Free of cdktf: the settings are checked with it. */

export interface OperationsSettings {
  readonly apiType?: string;
  readonly region?: string;
  readonly waf?: boolean;
  readonly kmsKeyArn?: string | undefined;
  readonly domainName?: string | undefined;
  readonly domainBasePath?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly hostedZoneId?: string | undefined;
}

/** @returns a line for each problem */
export function operationsProblems(settings: OperationsSettings): string[] {
  const { apiType, region, waf, domainName, certificateArn, hostedZoneId } = settings;
  const problems: string[] = [];
  if (waf && apiType === "http") {
    problems.push("WAF must be false with API_TYPE=http, got true: AWS WAF protects REST APIs, no HTTP APIs");
  }
  for (const [name, arn] of [
    ["KMS_KEY_ARN", settings.kmsKeyArn],
    ["CERTIFICATE_ARN", certificateArn],
  ] as const) {
    if (arn && region && arn.split(":")[3] !== region) {
      problems.push(`${name} must be of AWS_REGION ${region}, got ${JSON.stringify(arn)}`);
    }
  }
  for (const [name, value] of [
    ["DOMAIN_BASE_PATH", settings.domainBasePath],
    ["CERTIFICATE_ARN", certificateArn],
    ["HOSTED_ZONE_ID", hostedZoneId],
  ] as const) {
    if (value && !domainName) problems.push(`DOMAIN_NAME must be set with ${name}, got none`);
  }
  if (domainName && !certificateArn && !hostedZoneId) {
    problems.push(
      "CERTIFICATE_ARN or HOSTED_ZONE_ID must be set with DOMAIN_NAME, got neither: a certificate is given, or made with a record in the zone",
    );
  }
  return problems;
}
