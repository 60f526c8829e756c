// Runs TypeScript: `node --require ./build/register.cjs main.ts`. This is tsx for the project's own files only. tsx would also read
// and search every file of a package for syntax that Node.js lacks, which takes longer than loading it.
const Module = require("node:module");

const { _extensions: extensions, _resolveFilename: resolve } = Module;
const load = extensions[".js"];
require("tsx/cjs");
const { [".js"]: loadByTsx } = extensions;
const resolveByTsx = Module._resolveFilename;

const isOfPackage = (file) => file?.includes("/node_modules/") || file?.includes("\\node_modules\\");
extensions[".js"] = (module, file) => {
  if (!isOfPackage(file)) return loadByTsx(module, file);
  // Node.js would read the source map of every file: stack traces need those of the project only.
  process.setSourceMapsEnabled(false);
  try {
    load(module, file);
  } finally {
    process.setSourceMapsEnabled(true);
  }
};
Module._resolveFilename = function (request, parent, ...others) {
  return (isOfPackage(parent?.filename) ? resolve : resolveByTsx).call(this, request, parent, ...others);
};
