/**
 * Addresses of the default stack's resources: `npm run addresses` prints them, with `-- --write` they become the golden list. A changed
 * address replaces its resource.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses, synthStack } from "./support/synth";

const text = `${addresses(synthStack()).join("\n")}\n`;
const golden = join(__dirname, "stack.addresses.txt");

if (process.argv.slice(2).join() === "--write") {
  const before = readFileSync(golden, "utf8");
  writeFileSync(golden, text);
  console.log(before === text ? "No address has changed" : `${golden} is renewed: review its diff`);
} else process.stdout.write(text);
