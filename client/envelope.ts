/** `data` of the envelope; other content as text; undefined without content. */
export async function dataIn(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  if (!/\bjson\b/.test(response.headers.get("content-type") ?? "")) return text;
  return (JSON.parse(text) as { readonly data?: unknown }).data;
}
