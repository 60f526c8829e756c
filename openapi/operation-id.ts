/** Names of operations, which generated clients call their functions. */
import { createHash } from "node:crypto";
import { type Route, routeName, segments } from "../constructs/api/route";

/** `postUserSignUp` for POST /user/sign-up, `getNotesById` for GET /notes/{id}. */
function plainName({ method, path }: Route): string {
  const words = segments(path).flatMap((segment) => {
    const variable = /^\{(\w+)\+?\}$/.exec(segment)?.[1];
    return variable === undefined ? segment.split(/[^a-zA-Z0-9]+/) : ["by", ...variable.split("_")];
  });
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Of routes with the same plain name (`/a-b`, `/a/b`), each gets a suffix from its path, which no other route can change. */
export function operationIds(routes: readonly Route[]): ReadonlyMap<Route, string> {
  const names = routes.map(plainName);
  return new Map(
    routes.map((route, index) => {
      const name = names[index] ?? "";
      const unique = names.indexOf(name) === names.lastIndexOf(name);
      return [route, unique ? name : name + createHash("sha256").update(routeName(route)).digest("hex").slice(0, 8)];
    }),
  );
}
