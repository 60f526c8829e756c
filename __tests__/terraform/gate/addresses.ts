/** The golden list of addresses. A changed address replaces its resource, and `prevent_destroy` does not apply. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectNone } from "./gate";
import type { State } from "./state";

const GOLDEN = join(__dirname, "..", "..", "stack.addresses.txt");

/** @throws Error that names each new and each missing address */
export function expectAddresses(state: State): void {
  const golden = readFileSync(GOLDEN, "utf8").split("\n").filter(Boolean);
  const applied = state.all().map(({ address }) => address);
  expectNone(
    [
      ...golden.filter((address) => !applied.includes(address)).map((address) => `missing: ${address}`),
      ...applied.filter((address) => !golden.includes(address)).map((address) => `new: ${address}`),
    ],
    "the addresses of the default stack have changed:",
  );
}
