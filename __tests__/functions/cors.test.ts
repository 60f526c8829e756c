import { corsHeaders } from "../../functions/shared/http/cors";
import { fakeCognito } from "./support/fake-cognito";
import { useEnvironment } from "./support/handlers";
import { bodyOf, handlerNames, request } from "./support/requests";

useEnvironment();

const exposed = { "Access-Control-Expose-Headers": "Retry-After" };
const one = { "Access-Control-Allow-Origin": "https://app.example", ...exposed };
const several = "https://app.example, https://b.example:8443";
const vary = { Vary: "Origin" };

test("sends a single origin to every caller, as the gateway's own responses do", () => {
  for (const origin of [undefined, "https://app.example", "https://evil.example"]) {
    expect(corsHeaders("https://app.example", origin)).toEqual(one);
  }
});

test("sends * when everybody is allowed", () => {
  expect(corsHeaders("*", "https://evil.example")).toEqual({ "Access-Control-Allow-Origin": "*", ...exposed });
});

test("sends the one of several origins that matches, with Vary for caches", () => {
  expect(corsHeaders(several, "https://app.example")).toEqual({ ...one, ...vary });
  expect(corsHeaders(several, "https://b.example:8443")).toEqual({
    "Access-Control-Allow-Origin": "https://b.example:8443",
    ...exposed,
    ...vary,
  });
});

test.each([
  undefined,
  "",
  "null",
  "*",
  "https://app.example.evil",
  "https://evil-app.example",
  "https://APP.example",
  "https://app.example.",
  "https://app.example:443",
  "https://b.example",
  "http://app.example",
  "https://app.example, https://b.example:8443",
])("never reflects %p", (origin) => {
  expect(corsHeaders(several, origin)).toEqual(vary);
  expect(corsHeaders(`null,*,${several}`, origin)).toEqual(vary);
});

test.each(handlerNames)(
  "%s sends the headers with an error, whatever the case of the request's header",
  async (name) => {
    process.env.CORS_ORIGINS = several;
    fakeCognito();
    for (const header of ["Origin", "origin", "ORIGIN"]) {
      const otherClaims = { requestContext: { authorizer: { claims: { token_use: "other" } } } };
      const { status, headers } = await request(name, bodyOf(name), {
        headers: { [header]: "https://app.example" },
        ...otherClaims,
      });
      expect(status).toBe(401);
      expect(headers).toEqual({
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        ...one,
        ...vary,
      });
    }
  },
);

test("names the response headers that a page may read, to allowed origins only", () => {
  expect(corsHeaders("https://app.example", undefined, "ETag,X-Id")).toEqual({
    ...one,
    "Access-Control-Expose-Headers": "Retry-After,ETag,X-Id",
  });
  expect(corsHeaders(several, "https://evil.example", "ETag")).toEqual(vary);
});
