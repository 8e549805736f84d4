/**
 * What 1,000 node groups over 5 AMI types cost in look-ups, with the real CDK CLI against a local stand-in for AWS.
 */
import { LocalAws } from '../../test/aws/aws-server';
import { runCdk } from '../../test/cli/cdk-cli';
import { TIMES_FILE } from '../apps/measured-app';
import { KINDS } from '../apps/node-group-kinds';
import { exactly, milliseconds, type Section } from '../section';
import type { Workshop } from '../workshop';

const GROUPS = 1000;

interface Synth {
  readonly requests: number;
  readonly parameters: number;
  readonly appRuns: number;
  readonly time: number;
}

export async function countLookUps(workshop: Workshop): Promise<Section> {
  const aws = await LocalAws.start();
  try {
    KINDS.forEach(({ parameterName, releaseVersion }) => aws.ssm.put(parameterName, releaseVersion));
    await workshop.write('cdk.json', JSON.stringify({ app: `node ${workshop.scriptOf('node-groups-looked-up')} ${GROUPS}` }));
    const first = await synth(workshop, aws);
    const second = await synth(workshop, aws);
    return {
      title: 'Look-ups',
      text: [
        `\`cdk synth\` of ${GROUPS.toLocaleString('en')} node groups over ${KINDS.length} AMI types with \`AmiTracking.recommended()\`: first without, `
        + 'then with the `cdk.context.json` that the first left behind. AWS is a stand-in on loopback that counts requests: its times lack the network.',
      ],
      tables: [{
        caption: 'Once each, with the CDK CLI, start of all processes included',
        header: ['', 'SSM requests', 'distinct parameters', 'runs of the app', 'time (ms)'],
        rows: [['first synthesis', ...cells(first)], ['second synthesis', ...cells(second)]],
      }],
      aims: [
        exactly('first synthesis: SSM requests', first.requests, KINDS.length),
        exactly('first synthesis: runs of the app', first.appRuns, 2),
        exactly('second synthesis: SSM requests', second.requests, 0),
        exactly('second synthesis: runs of the app', second.appRuns, 1),
      ],
    };
  } finally {
    await aws.stop();
  }
}

async function synth(workshop: Workshop, aws: LocalAws): Promise<Synth> {
  aws.clearRequests();
  const start = performance.now();
  const { exitCode, stderr } = await runCdk(['synth', '--quiet'], {
    cwd: workshop.folder,
    env: { ...aws.environment, [TIMES_FILE]: workshop.timesFile },
  });
  const time = performance.now() - start;
  if (exitCode !== 0) {
    throw new Error(`cdk synth ended with ${exitCode}:\n${stderr}`);
  }
  const requests = aws.requests.filter(({ service }) => service === 'ssm');
  return {
    requests: requests.length,
    parameters: new Set(requests.map(({ input }) => input.Name)).size,
    appRuns: (await workshop.takeTimes()).length,
    time,
  };
}

function cells({ requests, parameters, appRuns, time }: Synth): string[] {
  return [requests, parameters, appRuns, milliseconds(time)].map(String);
}
