import { buildSync } from "esbuild";

test("a page's bundle holds the client alone: no schema, no handler, at most 6 kB", () => {
  const { metafile, outputFiles } = buildSync({
    stdin: {
      contents: `import { createClient } from "./client/client";
        import type { Rows } from "./routes";
        createClient<Rows>({ baseUrl: "https://api.example/v1" }).request("GET /echo");`,
      resolveDir: process.cwd(),
      loader: "ts",
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    metafile: true,
    write: false,
  });
  expect(Object.keys(metafile.inputs).filter((file) => !file.startsWith("client/") && file !== "<stdin>")).toEqual([]);
  expect(outputFiles[0]?.contents.length).toBeLessThan(6_000);
});
