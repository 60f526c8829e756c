// Imports bundles one after the other, without network, and writes each result to a file. See load-bundles.ts.
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync, readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

let touched = false; // whether the current bundle used what only exists on AWS
const offline = () => {
  touched = true;
  return Object.assign(new Error("there is no network while a bundle is loaded by synth"), { code: "ENETUNREACH" });
};
net.Socket.prototype.connect = function () {
  const error = offline();
  queueMicrotask(() => this.destroy(error));
  return this;
};
dgram.Socket.prototype.send = () => void offline();
dns.lookup = (...args) => void queueMicrotask(() => args.at(-1)(offline()));
dns.promises.lookup = () => Promise.reject(offline());
dns.setServers(["127.0.0.1:9"]);
syncBuiltinESMExports();
for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, () => {}); // of code that runs after an import

/** Variables whose value only Terraform knows have a placeholder; code that fails after it has read one may work on AWS. */
function environment(variables) {
  const values = Object.entries(variables).map(([name, value]) => [name, value ?? "known-after-apply"]);
  return new Proxy(Object.fromEntries([...Object.entries(process.env), ...values]), {
    get(target, name) {
      if (name in variables && variables[name] === null) touched = true;
      return target[name];
    },
  });
}

const [list, results] = process.argv.slice(2);
const report = (result) => appendFileSync(results, `${JSON.stringify(result)}\n`);

const own = process.env;
for (const { file, variables } of JSON.parse(readFileSync(list, "utf8"))) {
  touched = false;
  process.env = own;
  process.env = environment(variables);
  try {
    const { handler } = await import(file);
    if (typeof handler !== "function") throw new Error(`\`handler\` must be a function, got ${typeof handler}`);
    report({});
  } catch (error) {
    report({ cause: String(error?.message ?? error), touched });
  }
}
process.exit();
