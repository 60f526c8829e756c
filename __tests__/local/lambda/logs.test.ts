import { open } from "./support";

test("logs by level, one line at a time, without control characters", async () => {
  const { invoke, logs } = open(`export const handler = async () => {
    console.debug("d"); console.log("a", { b: 1 }); console.warn("w"); console.error("x\\u001b[31m\\ny"); };`);
  await invoke();
  expect(logs).toEqual([
    "[one] DEBUG d",
    "[one] INFO a { b: 1 }",
    "[one] WARN w",
    "[one] ERROR x\\u001b[31m",
    "[one] ERROR y",
  ]);
});

test("logs the stack of an error below it, a frame per line, without frames that are not the function's", async () => {
  const { invoke, logs } = open(`export const handler = async () => {
    console.error({ error: "TypeError", stack: ["    at f (functions/a.ts:1:2)", "    at node:internal/x:1:1", "canary"] }); };`);
  await invoke();
  expect(logs).toEqual(["[one] ERROR { error: 'TypeError' }", "[one] ERROR     at f (functions/a.ts:1:2)"]);
});

test("drops output below the function's log level", async () => {
  const { invoke, logs } = open('export const handler = async () => { console.info("i"); console.warn("w"); };', {
    logging_config: { log_format: "JSON", application_log_level: "WARN" },
  });
  await invoke();
  expect(logs).toEqual(["[one] WARN w"]);
});
