/** What is applied one after the other: each row takes back the one before it, and makes its own change. */
import { replace } from "../gate/edits";
import { afterHello, type Change, HELLO_ROW } from "./change";
import { changes } from "./changes";
import { EXISTING_POOL } from "./combinations";
import { httpChanges } from "./http-changes";

const orders = (...paths: readonly string[]) =>
  afterHello(
    paths.map((path) => `  { method: "POST", path: "${path}", function: "echo", scopes, body: loginBody },\n`).join(""),
  );

/** Changes that only an apply can judge: the order in which AWS gets them. */
const withVariable = { name: "variable", edits: [orders("/orders/{id}", "/orders/{id}/lines/{line}")] };
/** An HTTP API takes no second name of a variable, so that several routes are renamed in two steps. */
const variableRemoved = { name: "variable-removed", edits: [] };
const routeChanges = [
  { name: "variable-renamed", edits: [orders("/orders/{name}", "/orders/{name}/lines/{part}")] },
  { name: "variable-without-children", edits: [orders("/orders/{name}")] },
  { name: "variable-of-one-route-renamed", edits: [orders("/orders/{number}")] },
  { name: "variable-made-greedy", edits: [orders("/orders/{rest+}")] },
  { name: "variable-made-literal", edits: [orders("/orders/rest")] },
  { name: "names-that-meet", edits: [orders("/log-in", "/login", "/users/id", "/users/{id}")] },
  { name: "names-that-meet-exchanged", edits: [orders("/login", "/log_in", "/users/{id}")] },
  {
    name: "route-moved-to-another-function",
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace('"echo"', '"test-user"'))],
  },
];

/** From the pool of this stack to one that exists, and back; only without protection does Cognito delete this stack's. */
const poolChanges = [
  { name: "pool-unprotected", settings: {} },
  { name: "pool-imported", settings: { COGNITO_USER_POOL_ID: EXISTING_POOL } },
  { name: "pool-made-here-again", settings: {} },
].map(({ name, settings }) => ({ name, settings: { ...settings, PROTECT_USERS: "false" } }));

const unplanned = (rows: readonly Omit<Change, "expected">[]): Change[] =>
  rows.map((row) => ({ ...row, expected: [] }));

export const servedChanges: readonly Change[] = [
  ...unplanned([withVariable, ...routeChanges]),
  ...changes,
  ...unplanned(poolChanges),
];
export const servedHttpChanges: readonly Change[] = [
  ...unplanned([withVariable, variableRemoved, ...routeChanges]),
  ...httpChanges,
  ...unplanned(poolChanges),
];
