import { rmSync } from "node:fs";
import { tmpdir } from "node:os";

/** jest calls this after the last test: see `run-start.ts`. */
export default function end(): void {
  rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 3 });
}
