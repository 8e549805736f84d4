/**
 * Preloaded by Node.js, shortens every wait of the CLI to a twentieth: long enough that it does not spend its time asking.
 *
 * The CLI asks SSM seven times over 34 seconds when it is throttled, answered with 5xx or not answered at all, and has no setting for it.
 */
const wait = globalThis.setTimeout;
globalThis.setTimeout = (run, millis, ...rest) => wait(run, millis / 20, ...rest);
