/**
 * A MiniStack of one's own: AWS's CloudFormation, Lambda, IAM, S3 and more as somebody else understood them.
 *
 * @see https://github.com/ministackorg/ministack
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT, REGION } from '../aws/aws-service';

export interface MiniStackOptions {
  /** `python` with the requirements installed. */
  readonly python: string;

  /** What the launcher needs to know. */
  readonly environment: Record<string, string>;
}

/**
 * Shortens the sleeps of functions to a hundredth, and puts their clock ahead by the rest until they have not slept for a while;
 * deadlines, which are timers as well, stay. Before a function answers it ends its log, which MiniStack waits for by the clock otherwise,
 * and loses on a busy machine.
 */
const HURRY = `data:text/javascript,${encodeURIComponent(`
  import timers from "node:timers/promises";
  const { stdout, stderr } = process;
  const answer = stdout.write.bind(stdout);
  stdout.write = (line, ...rest) => {
    if (/^\\{"status":"(ok|error)"/.test(line)) stderr.write("end of log\\n");
    return answer(line, ...rest);
  };
  const [sleep, Real] = [timers.setTimeout, Date];
  let [ahead, last] = [0, 0];
  const now = () => Real.now() + (Real.now() - last < 500 ? ahead : (ahead = 0));
  timers.setTimeout = async (millis, ...rest) => {
    const end = now() + millis;
    const answer = await sleep(millis / 100, ...rest);
    [ahead, last] = [Math.max(now(), end) - Real.now(), Real.now()];
    return answer;
  };
  globalThis.Date = class extends Real {
    constructor(...given) { given.length > 0 ? super(...given) : super(now()); }
    static now() { return now(); }
  };
`)}`;

const PATIENCE_MILLIS = 30_000;

export class MiniStack {
  static async start({ python, environment }: MiniStackOptions): Promise<MiniStack> {
    const home = await mkdtemp(join(tmpdir(), 'ministack-'));
    const port = await freePort();
    const log = join(home, 'log');
    // a group of its own, so that the functions' processes end with it
    const server = spawn(python, [join(__dirname, 'launcher.py')], {
      cwd: home,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: home,
        TMPDIR: home,
        PYTHONDONTWRITEBYTECODE: '1',
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: 'localhost',
        MINISTACK_ACCOUNT_ID: ACCOUNT,
        MINISTACK_REGION: REGION,
        LOG_LEVEL: 'WARNING',
        NODE_OPTIONS: `--import=${HURRY}`,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', // else the functions' logs begin with it
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        ...environment,
      },
    });
    const output = createWriteStream(log);
    server.stdout!.pipe(output, { end: false });
    server.stderr!.pipe(output, { end: false });
    const ministack = new MiniStack(server, home, port, log);
    await ministack.answers();
    return ministack;
  }

  private constructor(
    private readonly server: ChildProcess, private readonly home: string, private readonly port: number, readonly log: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends it and whatever it started. */
  async stop(): Promise<void> {
    if (this.server.exitCode === null) {
      const exit = once(this.server, 'exit');
      process.kill(-this.server.pid!, 'SIGKILL');
      await exit;
    }
    await rm(this.home, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (let waited = 0; waited < PATIENCE_MILLIS; waited += 50) {
      if (this.server.exitCode !== null) throw new Error(`MiniStack ended before it answered: see ${this.log}`);
      if (await fetch(`${this.url}/_ministack/health`).then(({ ok }) => ok, () => false)) return;
      await sleep(50);
    }
    await this.stop();
    throw new Error(`MiniStack did not answer within ${PATIENCE_MILLIS / 1000} seconds`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
