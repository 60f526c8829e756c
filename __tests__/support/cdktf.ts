/**
 * CDKTF keeps a stack trace for each token, and jest maps every line of it to its source: more than half of a synth's
 * time. And it loads what packs the assets of modules, of which this project has none. No test needs either.
 */
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({ captureStackTrace: () => [] }));
jest.mock("cdktf/lib/private/fs", () => ({}));
