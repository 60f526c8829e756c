/** Shows openapi.json, and sends requests with the token of whoever signs in: on this page, or in the console of the same origin. */

/** Name of the security scheme in the document. */
const SCHEME = "token";
/** Shared with the console: one posts the tokens of a sign-in, the other asks for them. */
const channel = new BroadcastChannel("session");

async function show() {
  const api = await fetch("openapi.json").then((response) => response.json());
  if (api.message) throw new Error(api.message);
  const tokenUse = api.components.securitySchemes[SCHEME]["x-token-use"];
  /** @param {{id_token?: unknown, access_token?: unknown} | null | undefined} tokens */
  const adopt = (tokens) => {
    const token = tokenUse === "access" ? tokens?.access_token : tokens?.id_token;
    if (typeof token === "string") ui.preauthorizeApiKey(SCHEME, token);
  };
  const ui = SwaggerUIBundle({
    spec: api,
    dom_id: "#reference",
    deepLinking: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    validatorUrl: null,
    responseInterceptor(response) {
      adopt(response.body?.data ?? response.obj?.data);
      return response;
    },
    onComplete() {
      channel.onmessage = ({ data }) => adopt(data.tokens);
      channel.postMessage({ question: "tokens" });
    },
  });
}

show().catch((error) => {
  const text = document.createElement("p");
  text.setAttribute("role", "alert");
  text.textContent = `The reference cannot be shown: ${error.message}`;
  document.getElementById("reference")?.replaceChildren(text);
});
