/*
 * npx tsx gate.ts <wave>: looks at the alarms of the wave's clusters as long as the wave's gate says; fails when one fires, or
 * cannot be read.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { aws } from './aws-cli';
import { ALARM, FleetCluster, Wave, wavesCalled } from './fleet';

const LOOK_EVERY_MINUTES = 5;

/** Why a cluster is not well; undefined when it is. Sees it by the role with which the CDK looks things up. */
function problemOf({ name, account, region }: FleetCluster): string | undefined {
  const role = `arn:aws:iam::${account}:role/cdk-hnb659fds-lookup-role-${account}-${region}`;
  const { Credentials: credentials } = aws([
    'sts', 'assume-role', '--role-arn', role, '--role-session-name', 'fleet-gate', '--region', region,
  ]);
  const { MetricAlarms: [alarm] } = aws(['cloudwatch', 'describe-alarms', '--alarm-names', ALARM, '--region', region], {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
  });
  if (!alarm) return `${name}: there is no alarm ${ALARM}`;
  return alarm.StateValue === 'ALARM' ? `${name}: alarm ${ALARM} is in ALARM: ${alarm.StateReason}` : undefined;
}

async function gate({ name, clusters, gateMinutes }: Wave): Promise<void> {
  for (const ends = Date.now() + gateMinutes * 60_000; ;) {
    const problems = clusters.map(problemOf).filter((problem) => problem !== undefined);
    if (problems.length > 0) throw new Error(`wave ${name} is not well, and the next one does not begin:\n${problems.join('\n')}`);
    if (Date.now() >= ends) return;
    await sleep(Math.min(LOOK_EVERY_MINUTES * 60_000, ends - Date.now()));
  }
}

const [wave] = wavesCalled(process.argv[2]);
void gate(wave).catch(({ message }) => {
  console.error(message);
  process.exitCode = 1;
});
