import { spawn } from "node:child_process";

/** Runs lines in a shell of its own, without blocking the servers of this process. */
export async function paste(lines: string): Promise<string> {
  const shell = spawn("bash", ["-c", lines], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  await new Promise((resolve) => shell.on("close", resolve));
  return output;
}
