/** DOMAIN_NAME with CERTIFICATE_ARN and HOSTED_ZONE_ID: given or made, on both kinds of API. */
import { TerraformStack, Testing } from "cdktf";
import { Domain } from "../../../constructs/operations/domain";
import { only, resources, type Synthesized, synthStack } from "../../support/synth";

const DOMAIN_NAME = "api.example.com";
const CERTIFICATE_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
const HOSTED_ZONE_ID = "Z0123456789ABC";
const kinds = ["rest", "http"] as const;
const synth = (API_TYPE: string, settings: Record<string, string>) =>
  synthStack({ API_TYPE, DOMAIN_NAME, ...settings });

const policy = (stack: Synthesized, kind: string) =>
  kind === "rest"
    ? only(stack, "aws_api_gateway_domain_name").security_policy
    : (only(stack, "aws_apigatewayv2_domain_name").domain_name_configuration as { security_policy: string })
        .security_policy;
const api = (stack: Synthesized, kind: string) =>
  only(stack, kind === "rest" ? "aws_api_gateway_rest_api" : "aws_apigatewayv2_api");

describe.each(kinds)("API_TYPE=%s", (kind) => {
  test("takes TLS 1.2 at least, and closes the default endpoint", () => {
    const stack = synth(kind, { CERTIFICATE_ARN });
    expect(policy(stack, kind)).toBe("TLS_1_2");
    expect(api(stack, kind).disable_execute_api_endpoint).toBe(true);
    expect(api(synthStack({ API_TYPE: kind }), kind)).not.toHaveProperty("disable_execute_api_endpoint");
  });

  test("a given certificate without a zone makes neither certificate nor record, and names the target", () => {
    const stack = synth(kind, { CERTIFICATE_ARN });
    expect(JSON.stringify(stack.resource)).toContain(CERTIFICATE_ARN);
    expect(Object.keys(stack.resource).filter((type) => /acm|route53/.test(type))).toEqual([]);
    expect(String(stack.output.domain_target?.value)).toMatch(/regional_domain_name|target_domain_name/);
  });

  test("a zone without a certificate makes one, which is issued before the domain is made", () => {
    const stack = synth(kind, { HOSTED_ZONE_ID });
    expect(only(stack, "aws_acm_certificate")).toMatchObject({ domain_name: DOMAIN_NAME, validation_method: "DNS" });
    const domain = stack.resource[kind === "rest" ? "aws_api_gateway_domain_name" : "aws_apigatewayv2_domain_name"];
    expect(JSON.stringify(domain)).toMatch(/\$\{aws_acm_certificate_validation\..*\.certificate_arn\}/);
    const records = resources(stack, "aws_route53_record");
    expect(records.map(({ zone_id }) => zone_id)).toEqual([HOSTED_ZONE_ID, HOSTED_ZONE_ID]);
    expect(records.find(({ type }) => type === "A")).toMatchObject({
      name: DOMAIN_NAME,
      alias: { name: expect.stringContaining("domain_name"), zone_id: expect.stringContaining("zone_id") },
    });
  });

  test("a certificate and a zone make the record only", () => {
    const stack = synth(kind, { CERTIFICATE_ARN, HOSTED_ZONE_ID });
    expect(only(stack, "aws_route53_record").type).toBe("A");
    expect(stack.resource).not.toHaveProperty("aws_acm_certificate");
  });

  test("the URL has no stage, and the base path if there is one", () => {
    const url = (settings: Record<string, string>) =>
      synth(kind, { CERTIFICATE_ARN, ...settings }).output.api_url?.value;
    expect(url({})).toBe("https://api.example.com");
    expect(url({ DOMAIN_BASE_PATH: "people" })).toBe("https://api.example.com/people");
    const stack = synth(kind, { CERTIFICATE_ARN, DOMAIN_BASE_PATH: "people" });
    expect(JSON.stringify(stack.resource)).toMatch(/"(base_path|api_mapping_key)":"people"/);
  });
});

test("closing the default endpoint deploys the API again: it takes effect with a deployment", () => {
  const trigger = (settings: Record<string, string>) =>
    (only(synthStack(settings), "aws_api_gateway_deployment").triggers as { configuration: string }).configuration;
  expect(trigger({ DOMAIN_NAME, CERTIFICATE_ARN })).not.toBe(trigger({}));
});

test("rejects a domain with neither a certificate nor a zone", () => {
  const stack = new TerraformStack(Testing.app(), "test");
  const props = { apiType: "rest", apiId: "a", stageName: "v1", domainName: DOMAIN_NAME } as const;
  expect(() => new Domain(stack, "domain", props)).toThrow("hostedZoneId must be given without certificateArn");
});
