import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const CREATED = { html_url: "https://github.example/1", number: 8 };

/** Pages of comments or issues as GitHub returns them, and a record of the requests. */
export async function withGitHub(
  pages: readonly object[][],
  status: number,
  test: (apiUrl: string, requests: string[]) => Promise<void>,
) {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    requests.push(`${request.method} ${request.url} ${body}`);
    const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(request.method === "GET" ? (pages[page - 1] ?? []) : CREATED));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
