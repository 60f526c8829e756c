/** A domain of one's own in front of the API, with TLS 1.2 or later. */
import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { Certificate } from "./certificate";

export interface DomainProps {
  readonly apiType: "rest" | "http";
  readonly apiId: string;
  readonly stageName: string;
  readonly domainName: string;
  /**
   * First segment of every path.
   * @default - none: `https://<domainName>/user/login`
   */
  readonly basePath?: string;
  /**
   * Certificate of ACM in the API's region that covers the domain.
   * @default - one is made, which needs `hostedZoneId`
   */
  readonly certificateArn?: string;
  /**
   * Hosted zone of Route 53 that holds the domain.
   * @default - no record is made: point the domain to `target` yourself
   */
  readonly hostedZoneId?: string;
}

/** API Gateway offers TLS_1_0, too, which its own default is not. */
const SECURITY_POLICY = "TLS_1_2";

export class Domain extends Construct {
  /** Without a slash at the end. */
  readonly url: string;
  /** What a record of the domain must point to: a CNAME, or an alias. */
  readonly target: string;

  /** @throws Error without a certificate and a zone to make one in */
  constructor(scope: Construct, id: string, props: DomainProps) {
    super(scope, id);
    const { domainName, basePath, hostedZoneId: zoneId } = props;
    const certificateArn = props.certificateArn ?? this.certificate(domainName, zoneId);
    const { target, targetZone } =
      props.apiType === "rest" ? this.rest(props, certificateArn) : this.http(props, certificateArn);
    if (zoneId !== undefined) {
      new Route53Record(this, "record", {
        zoneId,
        name: domainName,
        type: "A",
        alias: { name: target, zoneId: targetZone, evaluateTargetHealth: false },
      });
    }
    this.target = target;
    this.url = `https://${domainName}${basePath === undefined ? "" : `/${basePath}`}`;
  }

  private certificate(domainName: string, hostedZoneId: string | undefined): string {
    if (hostedZoneId === undefined) {
      throw new Error(
        "hostedZoneId must be given without certificateArn, got none: a record proves who owns the domain",
      );
    }
    return new Certificate(this, "certificate", { domainName, hostedZoneId }).arn;
  }

  private rest({ apiId, stageName, domainName, basePath }: DomainProps, regionalCertificateArn: string) {
    const domain = new ApiGatewayDomainName(this, "domain", {
      domainName,
      regionalCertificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: SECURITY_POLICY,
    });
    new ApiGatewayBasePathMapping(this, "mapping", {
      apiId,
      stageName,
      domainName: domain.domainName,
      ...(basePath !== undefined && { basePath }),
    });
    return { target: domain.regionalDomainName, targetZone: domain.regionalZoneId };
  }

  private http({ apiId, stageName, domainName, basePath }: DomainProps, certificateArn: string) {
    const domain = new Apigatewayv2DomainName(this, "domain", {
      domainName,
      domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: SECURITY_POLICY },
    });
    new Apigatewayv2ApiMapping(this, "mapping", {
      apiId,
      stage: stageName,
      domainName: domain.domainName,
      ...(basePath !== undefined && { apiMappingKey: basePath }),
    });
    const { targetDomainName: target, hostedZoneId: targetZone } = domain.domainNameConfiguration;
    return { target, targetZone };
  }
}
