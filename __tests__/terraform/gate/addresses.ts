/** The golden list of addresses: an id that changes there replaces what it names, past `prevent_destroy`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { none } from "./gate";
import type { State } from "./state";

const GOLDEN = join(__dirname, "..", "..", "stack.addresses.txt");

/** @throws Error that names each address that is new or gone */
export function expectAddresses(state: State): void {
  const golden = readFileSync(GOLDEN, "utf8").split("\n").filter(Boolean);
  const applied = state.all().map(({ address }) => address);
  none(
    [
      ...golden.filter((address) => !applied.includes(address)).map((address) => `gone: ${address}`),
      ...applied.filter((address) => !golden.includes(address)).map((address) => `new: ${address}`),
    ],
    "the addresses of the default stack have changed:",
  );
}
