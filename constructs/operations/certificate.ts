/** A certificate of ACM, which a record in the domain's zone validates and renews. */
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface CertificateProps {
  readonly domainName: string;
  readonly hostedZoneId: string;
}

export class Certificate extends Construct {
  /** Known once the certificate is issued: API Gateway takes no other. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { domainName, hostedZoneId: zoneId }: CertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "certificate", {
      domainName,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const option = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "record", {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: 300,
      // The same record proves a later certificate of the domain.
      allowOverwrite: true,
    });
    this.arn = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    }).certificateArn;
  }
}
