/**
 * What a person reads who looks before deploying: `cdk-eks-upgrades check`, which judges as the preview does.
 */
import type { GuardFinding } from './observation';
import { runCommand } from '../../cli/_command-line';
import type { Cloud } from '../cloud';

/** The checks that speak of what EKS or CloudFormation would make anew, delete, or refuse half-way because it is kept for life. */
const OF_WHAT_LASTS = ['cluster-replacement', 'node-group-replacement', 'node-group-removed', 'add-on-replacement', 'exists-already', 'launch-template'];

/** What is found in a cloud assembly before it is deployed. */
export async function checkBefore(cloud: Cloud, assembly: string): Promise<GuardFinding[]> {
  const leave = enter(cloud.environment);
  try {
    const { stdout, stderr } = await runCommand(['check', '--app', assembly, '--json'], { cwd: assembly, env: cloud.environment, now: cloud.aws.clock.now() });
    if (stdout === '') throw new Error(`nothing was found out: ${stderr}`);
    const { clusters } = JSON.parse(stdout) as { clusters: { verdict?: { findings: GuardFinding[] } }[] };
    return clusters.flatMap(({ verdict }) => verdict?.findings ?? []);
  } finally {
    leave();
  }
}

/** What the guard has said of what lasts, and nobody had been told before; none when all is well. */
export function untoldBefore(found: readonly GuardFinding[], before: readonly GuardFinding[]): string[] {
  return found
    .filter(({ id }) => OF_WHAT_LASTS.some((check) => id === check || id.startsWith(`${check}:`)))
    .filter(({ id, severity }) => !before.some((told) => told.id === id && told.severity === severity))
    .map(({ id, severity }) => `the guard says ${severity} ${id}, which check had not said before`);
}

/** Points the SDK of this process to the cloud, until it is told to leave. */
function enter(environment: Readonly<Record<string, string>>): () => void {
  const variables = Object.entries(environment).filter(([name]) => name.startsWith('AWS_'));
  const old = variables.map(([name]) => [name, process.env[name]] as const);
  variables.forEach(([name, value]) => { process.env[name] = value; });
  return () => old.forEach(([name, value]) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  });
}
