import { read } from "./api.js";
import { update } from "./state.js";

/**
 * Data that a view reads from the server: again when its key or version changes, with the old data shown meanwhile.
 * @template T
 */
export function loader() {
  let key = "";
  let version = "";
  /** @type {T | undefined} */
  let data;
  let error = "";
  return {
    /** @param {string} path @param {unknown} newVersion */
    get(path, newVersion) {
      if (path !== key) data = undefined;
      if (path !== key || String(newVersion) !== version) {
        key = path;
        version = String(newVersion);
        read(path).then(
          (/** @type {T} */ found) =>
            path === key &&
            update(() => {
              data = found;
              error = "";
            }),
          (/** @type {Error} */ { message }) =>
            path === key &&
            update(() => {
              error = message;
            }),
        );
      }
      return { data, error };
    },
  };
}
