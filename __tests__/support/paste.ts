import { spawn } from "node:child_process";
import type { PoolAttributes } from "../../local/cognito/local-user-pool";
import { welcome } from "../../local/welcome";
import type { Client } from "./client";

/** Runs lines in a shell of its own, without blocking the servers of this process. */
async function paste(lines: string): Promise<string> {
  const shell = spawn("bash", ["-c", lines], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  await new Promise((resolve) => shell.on("close", resolve));
  return output;
}

/** @returns the messages of the API's responses to the pasted tour; the user `ada` must not exist yet */
export async function pastedTour({ local, stack }: Client, existingPool?: PoolAttributes): Promise<unknown[]> {
  const text = welcome(
    stack,
    local.api().routes,
    { api: `${local.apiUrl}/v1`, cognito: local.cognitoUrl },
    existingPool,
  );
  expect(text).toMatch(/^GET +\/hello +private +[\w-]+-dev-echo$/m);
  expect(text).toMatch(/^POST +\/user\/login +public +[\w-]+-dev-login$/m);
  const tour = text.split("\n").filter((line) => line.startsWith("  "));
  const pasted = await paste(tour.join("\n"));
  return [...pasted.matchAll(/"message":"([^"]*)"/g)].map(([, message]) => message);
}

const rejected = "Invalid refresh token or username is incorrect or Refresh Token has been revoked";
/** Sign-up, confirmation and login; no token; token, a note, all notes, renewal and logout; renewal after the logout. */
export const worked = [...Array(3).fill("success"), "Unauthorized", ...Array(5).fill("success"), rejected];
