/**
 * CDKTF captures a stack trace per token, and jest maps every line of it to its source: more than half of a synth's time.
 * It also loads the packer of module assets, which this project does not use. No test needs either. `captureCreationStack`
 * is the name in cdktn, the continued cdktf.
 */
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({
  captureStackTrace: () => [],
  captureCreationStack: () => [],
}));
jest.mock("cdktf/lib/private/fs", () => ({}));
