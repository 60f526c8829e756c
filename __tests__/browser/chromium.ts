import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const KNOWN_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Without these, Chromium looks up its maker's hosts. */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** @throws Error if the machine has no Chromium */
export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || KNOWN_PATHS.find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error(
      "CHROMIUM_PATH must be the path of a Chromium or Chrome, and none was found: on Debian, apt-get install chromium",
    );
  }
  // Chromium's sandbox does not run as root, which CI is.
  return chromium.launch({ executablePath, args: QUIET, chromiumSandbox: process.getuid?.() !== 0 });
}
