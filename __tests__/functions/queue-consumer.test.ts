import type { SQSEvent, SQSRecord } from "aws-lambda";
import * as v from "valibot";
import { queueConsumer } from "../../functions/shared/queue-consumer";

const records = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map(
    (body, at) => ({ messageId: `m${at}`, body, attributes: { ApproximateReceiveCount: "2" } }) as SQSRecord,
  ),
});
const schema = v.object({ to: v.string() });

test("processes every message, and gives back none", async () => {
  const sent: string[] = [];
  const handler = queueConsumer(schema, ({ to }) => void sent.push(to));
  expect(await handler(records('{"to":"ada"}', '{"to":"bob"}'))).toEqual({ batchItemFailures: [] });
  expect(sent).toEqual(["ada", "bob"]);
});

test("gives back the messages that fail, are no JSON, or have another shape; the others are done", async () => {
  const logged = jest.spyOn(console, "error").mockReturnValue();
  const sent: string[] = [];
  const handler = queueConsumer(schema, async ({ to }) => {
    if (to === "eve") throw new TypeError("no mail to password-of-eve");
    sent.push(to);
  });
  const event = records('{"to":"ada"}', '{"to":"eve","key":"password-of-eve"}', "{", '{"from":"x"}');
  expect(await handler(event)).toEqual({
    batchItemFailures: [{ itemIdentifier: "m1" }, { itemIdentifier: "m2" }, { itemIdentifier: "m3" }],
  });
  expect(sent).toEqual(["ada"]);
  expect(logged.mock.calls.flat()).toContainEqual({
    message: "queue message failed",
    messageId: "m1",
    received: 2,
    error: "TypeError",
    reason: expect.not.stringContaining("password"),
  });
  expect(logged).toHaveBeenCalledTimes(3);
});
