/** Where AWS serves a region: the partition of its ARNs, and the suffix of its hosts. */
export interface Partition {
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly id: string;
  readonly dnsSuffix: string;
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): Partition {
  if (region.startsWith("cn-")) return { id: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  return { id: region.startsWith("us-gov-") ? "aws-us-gov" : "aws", dnsSuffix: "amazonaws.com" };
}

/** `execute-api.us-east-1.amazonaws.com` */
export const serviceHost = (service: string, region: string): string =>
  `${service}.${region}.${partitionOf(region).dnsSuffix}`;

/** The host and path of a user pool: its issuer without the scheme, and Terraform's attribute `endpoint`. */
export const poolEndpoint = (region: string, poolId: string): string =>
  `${serviceHost("cognito-idp", region)}/${poolId}`;

/** `iss` of a pool's tokens. */
export const poolIssuer = (region: string, poolId: string): string => `https://${poolEndpoint(region, poolId)}`;
