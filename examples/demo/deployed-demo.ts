/**
 * The demo's story as real deployments: examples/quickstart, by the stock CDK CLI, on an independent CloudFormation on this machine.
 *
 * EKS is the local stand-in, whose updates take no time; CloudFormation, Lambda and all else are MiniStack's.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { editFile } from './demo-app';
import { chapter, say, show } from './narrator';
import { deprecatedApi, passingUpgradeInsights } from '../../test/aws/sample-insights';
import { copyOfExample } from '../../test/cli/cdk-cli';
import { Cloud } from '../../test/deploy/cloud';
import { findPython } from '../../test/deploy/python';
import { Toolkit, type Deployed } from '../../test/deploy/toolkit';

const WORKERS = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';
const KEY = `ssm:account=111122223333:parameterName=${WORKERS}:region=us-west-2`;

function tell({ done, status }: Deployed): void {
  done.filter(({ action }) => action !== 'create').forEach(
    ({ action, type, logicalId, properties }) => show(`${action} ${type} ${logicalId}: ${properties}`),
  );
  say(`\nThe stack is in ${status}.`);
}

/** What the guard said, as the terminal showed it. */
function refusalIn({ output }: Deployed): string {
  return output.slice(output.indexOf('DeploymentError')).split('\n').slice(1, 9).join('\n');
}

async function story(cloud: Cloud, cwd: string): Promise<void> {
  const toolkit = new Toolkit({ cloud, cwd });
  const upgrade = async () => toolkit.deploy('Quickstart');

  chapter('1. From nothing: cdk bootstrap, cdk deploy');
  await toolkit.cdk('bootstrap', 'aws://111122223333/us-west-2');
  const created = await upgrade();
  say(`${created.done.length} resources: a cluster, its add-ons in the versions that EKS recommends, three node groups.`);
  tell(created);

  chapter('2. AWS publishes new AMIs: one look-up is refreshed, one node group rolls');
  cloud.aws.publishAmis({ minors: ['1.36', '1.37'], date: '2026-07-28' });
  await toolkit.cdk('context', '--reset', KEY);
  tell(await upgrade());

  chapter('3. The next minor, while somebody still calls an API that it no longer serves');
  await editFile(join(cwd, 'app.ts'), 'eks.KubernetesVersion.V1_36', 'eks.KubernetesVersion.V1_37');
  const [cluster] = cloud.eks.clusters.values();
  cluster.insights = [deprecatedApi({ kubernetesVersion: '1.37', usage: '/apis/resource.k8s.io/v1beta1/resourceclaims' })];
  const refused = await upgrade();
  show(refusalIn(refused));
  say(`\nThe stack is in ${refused.status}, the cluster still on ${cluster.version}: nothing of EKS was touched.`);

  chapter('4. The caller is brought up to date: the same deployment passes, in order');
  cluster.insights = passingUpgradeInsights('1.37');
  tell(await upgrade());
  say(`The cluster is on ${cluster.version}, its nodes on ${[...cluster.nodegroups.values()].map(({ version }) => version).join(', ')}.`);

  chapter('5. cdk destroy');
  await toolkit.cdk('destroy', '--force');
  say(`Clusters left: ${cloud.eks.clusters.size}.`);
}

async function main(): Promise<void> {
  const python = findPython();
  if (python === undefined) throw new Error('this demo runs on MiniStack, which needs Python 3.10 or newer with venv');
  const cloud = await Cloud.start({ python });
  const cwd = await copyOfExample('quickstart');
  try {
    await story(cloud, cwd);
  } finally {
    await cloud.stop();
    await rm(cwd, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
