import * as v from "valibot";

/** A nested block of Terraform: an object, or a list that holds one, or nothing at all. */
export const block = <E extends v.ObjectEntries>(entries: E) =>
  v.nullish(
    v.pipe(
      v.unknown(),
      v.transform((value) => (Array.isArray(value) ? value[0] : value) ?? {}),
      v.object(entries),
    ),
    {},
  );
