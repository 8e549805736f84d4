/**
 * What a cold function takes to its first call of AWS, beside the bare client of the SDK that makes the same call.
 */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { BARE_BUNDLE } from '../bare-bundle';
import { atMost, formatSpread, milliseconds, ratio, type Section } from '../section';
import { ratioOf, spreadOf } from '../statistics';
import type { Workshop } from '../workshop';

const run = promisify(execFile);

const FUNCTION = resolve(__dirname, '../../assets/handler/cluster-upgrades.lambda/index.js');

/** The call with which the function begins. */
const BARE = `
  import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
  export const handler = async ({ StackId }) => new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: StackId }));
`;

/** Tells what it takes from before the code is loaded until a request is made up: nothing is sent. */
const MEASURE = `
  const [file, event] = process.argv.slice(1);
  process.stdout.write = () => true;
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  require('node:diagnostics_channel').subscribe('http.client.request.start', () => {
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    require('node:fs').writeSync(1, JSON.stringify({ cpu: (user + system) / 1000, wall }));
    process.exit(0);
  });
  require(file).handler(JSON.parse(event), { getRemainingTimeInMillis: () => 60_000 });
`;

const STACK_ID = 'arn:aws:cloudformation:us-west-2:111122223333:stack/app/1';
const PROPERTIES = { ClusterName: 'prod', AddOns: [{ Name: 'vpc-cni', Policy: 'recommended', Attribute: 'VpcCni' }] };
const EVENT = JSON.stringify({
  RequestType: 'Update',
  RequestId: 'request',
  StackId: STACK_ID,
  LogicalResourceId: 'Resource',
  PhysicalResourceId: 'Resource',
  ResponseURL: 'https://cloudformation-custom-resource-response-uswest2.s3-us-west-2.amazonaws.com/answer',
  ResourceType: 'Custom::EksAddOnVersions',
  ResourceProperties: { ...PROPERTIES, KubernetesVersion: '1.36' },
  OldResourceProperties: { ...PROPERTIES, KubernetesVersion: '1.35' },
});

/** As Lambda sets it, as far as the SDK looks at it. */
const ENVIRONMENT = {
  AWS_REGION: 'us-west-2',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** What the function took when its aim was set, in times of the bare client: its code of that time, measured in the same way. */
const BEFORE = 2.3;
const AIM = 0.4;

interface ColdStart {
  readonly cpu: number;
  readonly wall: number;
}

export async function measureColdFunction({ folder }: Workshop, rounds: number): Promise<Section> {
  const bareFile = join(folder, 'bare-client.js');
  await build({ ...BARE_BUNDLE, stdin: { contents: BARE, resolveDir: __dirname }, outfile: bareFile });
  const start = async (file: string): Promise<ColdStart> => (
    JSON.parse((await run(process.execPath, ['-e', MEASURE, file, EVENT], { cwd: folder, env: ENVIRONMENT })).stdout)
  );
  const [ours, bare]: [ColdStart[], ColdStart[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ours.push(await start(FUNCTION));
    bare.push(await start(bareFile));
  }
  const cpu = (starts: readonly ColdStart[]) => starts.map((one) => one.cpu);
  const row = (name: string, starts: readonly ColdStart[]) => [
    name, formatSpread(spreadOf(cpu(starts)), milliseconds), formatSpread(spreadOf(starts.map(({ wall }) => wall)), milliseconds),
  ];
  return {
    title: 'The function, cold',
    text: [
      'From before the code is loaded to the first call of AWS, without the start of Node.js, for an update of add-on versions; credentials '
      + 'and Region in the environment, as Lambda has them. *The bare client* is the SDK\'s client of CloudFormation alone, bundled into one '
      + `file, with the same first call. The aim is ${AIM} of what the function took when the aim was set, which was ${BEFORE} of the bare client, `
      + 'measured in the same way with the code of that time. What remains is mostly Node.js, which loads HTTPS and cryptography, and the SDK.',
    ],
    tables: [{
      caption: `Milliseconds; rounds: ${rounds}`,
      header: ['', 'CPU time', 'time'],
      rows: [row('the function', ours), row('the bare client', bare)],
    }],
    aims: [atMost('the function, cold, to its first call: CPU time / the bare client', ratioOf(cpu(ours), cpu(bare)), AIM * BEFORE, ratio)],
  };
}
