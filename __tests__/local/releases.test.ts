/** RELEASES: the local API invokes functions by their alias, and under its permissions. */
import { password, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

test.each(["rest", "http"])(
  "API_TYPE=%s serves functions behind an alias, with all settings of operations",
  async (API_TYPE) => {
    const client = await serve(
      await synthesize({
        API_TYPE,
        RELEASES: "true",
        TRACING: "true",
        ALARM_EMAIL: "team@example.com",
        DOMAIN_NAME: "api.example.com",
        HOSTED_ZONE_ID: "Z0123456789ABC",
        KMS_KEY_ARN: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ...(API_TYPE === "rest" && { WAF: "true" }),
      }),
    );
    const { id_token: token } = await signedIn(client);
    expect((await client.get("/echo", { Authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await client.post("/user/login", { username: "grace", password })).status).toBe(200);
    expect(client.lines.join("\n")).toMatch(/"SignIns":1/);
  },
);
