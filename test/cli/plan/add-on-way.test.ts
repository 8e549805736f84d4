import { rm } from 'node:fs/promises';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { clusterApp, deployCluster, deployStack, NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';

const INSTALLED = 'v1.20.4-eksbuild.2';
const [OLDER_BUILD, NEXT, AFTER_NEXT] = ['v1.20.4-eksbuild.1', 'v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'];

let aws: LocalAws;
let cwd: string;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14', patch: 4 });
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

/** An app that goes to 1.36, for which EKS offers these versions of VPC CNI, and not the installed one. */
async function appOf(versions: readonly string[]): Promise<void> {
  deployCluster(aws).addons.get('vpc-cni')!.version = INSTALLED;
  const { catalog } = aws.eks;
  catalog.addonVersions = [
    ...catalog.addonVersions.filter(({ addonName }) => addonName !== 'vpc-cni'),
    { addonName: 'vpc-cni', addonVersion: INSTALLED, clusterVersions: ['1.35'], defaultFor: ['1.35'] },
    ...versions.map((addonVersion) => ({
      addonName: 'vpc-cni', addonVersion, clusterVersions: ['1.35', '1.36'], defaultFor: addonVersion === versions.at(-1) ? ['1.36'] : [],
    })),
  ];
  const before = await clusterApp({});
  await deployStack(aws, before, 'Prod');
  await rm(before, { recursive: true });
  cwd = await clusterApp({ version: '1.36', release: '1.36.4-20260714' });
}

async function run(command: 'plan' | 'check') {
  const { exitCode, stdout } = await runCommand([command, '--json'], { cwd, now: NOW });
  return { exitCode, cluster: JSON.parse(stdout).clusters[0] };
}

async function movesInPlan() {
  const { exitCode, cluster: { deployments } } = await run('plan');
  const steps = deployments.map((deployment: { steps: { step: { name?: string; to: string } }[] }) =>
    deployment.steps.flatMap(({ step }) => step.name === 'vpc-cni' ? step.to : []));
  return { exitCode, steps };
}

async function errorsInCheck() {
  const { exitCode, cluster: { verdict: { findings } } } = await run('check');
  return { exitCode, errors: findings.filter(({ severity }: { severity: string }) => severity === 'error').map(({ id }: { id: string }) => id) };
}

test('an add-on goes up minor by minor, to the nearest version that fits first, and never down to an older build', async () => {
  await appOf([OLDER_BUILD, NEXT, AFTER_NEXT]);

  expect(await movesInPlan()).toEqual({ exitCode: 0, steps: [[NEXT], [AFTER_NEXT]] });
  expect(await errorsInCheck()).toEqual({ exitCode: 0, errors: [] });
});

test('plan and check refuse where there is no such version', async () => {
  await appOf([OLDER_BUILD, AFTER_NEXT]);

  expect(await movesInPlan()).toEqual({ exitCode: 1, steps: [[]] });
  expect(await errorsInCheck()).toEqual({ exitCode: 1, errors: ['add-on-compatibility:vpc-cni'] });
});
