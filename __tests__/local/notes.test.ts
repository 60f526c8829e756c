/** The sample of data of one's own, from outside: handlers, their policies and the table of the synthesized stack. */
import { type Client, grace, type Reply, serve, shareKeys, signedIn } from "../support/client";
import { edit, synthesize } from "../support/folder";

shareKeys();

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

interface Note {
  readonly id: string;
  readonly text: string;
  readonly tags: string[];
  readonly version: number;
}
interface Page {
  readonly notes: Note[];
  readonly cursor: string | null;
}
const data = <T>({ body }: Reply) => body.data as unknown as T;
const failure = (status: number, message: string) => ({ status, body: { message, error: true, success: false } });
const noSuchNote = failure(404, "There is no such note");

describe.each(["rest", "http"])("API_TYPE=%s", (API_TYPE) => {
  let client: Client;
  let headers: Record<string, string>;
  beforeAll(async () => {
    client = await serve(await synthesize({ API_TYPE }));
    headers = bearer((await signedIn(client)).id_token);
  });

  const send = async (method: string, path: string, body?: object, as = headers): Promise<Reply> => {
    const text = body && JSON.stringify(body);
    const response = await client.request(method, path, { "Content-Type": "application/json", ...as }, text);
    const received = await response.text();
    return { status: response.status, headers: response.headers, body: received ? JSON.parse(received) : undefined };
  };
  const create = async (text: string) => data<Note>(await send("POST", "/notes", { text }));

  test("a note is created, read, listed, changed and deleted", async () => {
    const response = await send("POST", "/notes", { text: "milk", tags: ["shop"] });
    const note = data<Note>(response);
    expect(response.status).toBe(201);
    expect(note).toMatchObject({ text: "milk", tags: ["shop"], version: 1 });
    expect(Object.keys(note)).not.toContain("owner");
    const path = `/notes/${note.id}`;
    expect(response.headers.get("location")).toBe(`/v1${path}`);
    expect(data(await send("GET", path))).toEqual(note);
    expect(data(await send("GET", "/notes"))).toEqual({ notes: [note], cursor: null });
    const changed = await send("PUT", path, { text: "bread" });
    expect(data<Note>(changed)).toMatchObject({ id: note.id, text: "bread", tags: [], version: 2 });
    expect(await send("DELETE", path)).toMatchObject({ status: 204, body: undefined });
    expect(await send("GET", path)).toMatchObject(noSuchNote);
    expect(await send("DELETE", path)).toMatchObject(noSuchNote);
    expect(await send("PUT", path, { text: "again" })).toMatchObject(noSuchNote);
  });

  test("a change of an older version is a conflict, and changes nothing", async () => {
    const { id } = await create("first");
    expect((await send("PUT", `/notes/${id}`, { text: "second", version: 1 })).status).toBe(200);
    expect(await send("PUT", `/notes/${id}`, { text: "third", version: 1 })).toMatchObject(
      failure(409, "The note was changed meanwhile: read it again"),
    );
    expect(data(await send("GET", `/notes/${id}`))).toMatchObject({ text: "second", version: 2 });
    await send("DELETE", `/notes/${id}`);
  });

  test("pages hold all notes once, newest first", async () => {
    const made: Note[] = [];
    for (const text of ["1", "2", "3", "4", "5"]) made.unshift(await create(text));
    const texts: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = data<Page>(await send("GET", `/notes?limit=2${cursor ? `&cursor=${cursor}` : ""}`));
      expect(page.notes.length).toBeLessThanOrEqual(2);
      texts.push(...page.notes.map(({ text }) => text));
      cursor = page.cursor;
    } while (cursor);
    expect(texts).toEqual(made.map(({ text }) => text));
  });

  test("another user's note is as one that does not exist, and stays out of lists", async () => {
    const { id } = await create("secret");
    await client.cognito("AdminCreateUser", {
      UserPoolId: client.stack.resources("aws_cognito_user_pool")[0]?.values.id,
      Username: "mallory",
      TemporaryPassword: "Temporary-Pass-1",
      MessageAction: "SUPPRESS",
    });
    const login = await client.post("/user/login", { username: "mallory", password: "Temporary-Pass-1" });
    const { session, username, challenge_name } = login.body.data;
    const responses = { NEW_PASSWORD: "Another-Horse-8-Battery" };
    const mallory = await client.post("/user/login/challenge", { username, session, challenge_name, responses });
    const as = bearer(String(mallory.body.data.id_token));

    expect(data(await send("GET", "/notes", undefined, as))).toEqual({ notes: [], cursor: null });
    expect(data(await send("GET", `/notes?cursor=zzzz-${id}`, undefined, as))).toEqual({ notes: [], cursor: null });
    for (const [method, body] of [["GET"], ["PUT", { text: "mine" }], ["DELETE"]] as const) {
      expect(await send(method, `/notes/${id}`, body, as)).toMatchObject(noSuchNote);
    }
    expect(data(await send("GET", `/notes/${id}`))).toMatchObject({ text: "secret", version: 1 });
  });

  test.each([
    ["POST", "/notes", {}],
    ["POST", "/notes", { text: "" }],
    ["POST", "/notes", { text: "a", owner: grace.username }],
    ["POST", "/notes", { text: "a", tags: Array(11).fill("t") }],
    ["GET", "/notes?limit=0", undefined],
    ["GET", "/notes?limit=ten", undefined],
    ["GET", "/notes?cursor=A%2FB", undefined],
    ["GET", "/notes/A_B", undefined],
  ])("rejects %s %s %j", async (method, path, body) => {
    expect((await send(method, path, body)).status).toBe(400);
  });

  test("is closed without a token", async () => {
    expect((await send("GET", "/notes", undefined, {})).status).toBe(401);
  });
});

test("a function does what its policy allows on the table, and nothing else", async () => {
  const folder = await synthesize();
  edit(folder, (json) => {
    for (const policy of Object.values(json.resource.aws_iam_role_policy ?? {})) {
      policy.policy = String(policy.policy).replace("dynamodb:PutItem", "dynamodb:GetItem");
    }
  });
  const client = await serve(folder);
  const { id_token } = await signedIn(client);
  expect((await client.post("/notes", { text: "milk" }, bearer(id_token))).status).toBe(500);
  expect(client.lines.join("\n")).toContain(
    "is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/cognito-api-dev-notes",
  );
});
