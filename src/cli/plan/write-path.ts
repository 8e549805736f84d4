import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ClusterPlan } from './cluster-plan';
import { obeysContext } from '../../engine/declaration/cluster-declaration';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';
import { Said } from '../../engine/messages/message';
import { sentence } from '../../engine/messages/sentence';
import { pathSteps } from '../../engine/plan/path-steps';
import { ClusterPath, stepKey, upgradePathFile } from '../../engine/plan/upgrade-path-file';
import { gapsOnTheWay } from '../clusters/cluster-gaps';
import { CommandCluster } from '../clusters/live-clusters';
import { unreadable } from '../command-error';
import { Io } from '../io';
import { cannot, says } from '../messages';
import { contextFileOf, updateContext } from '../refresh/context-file';
import { readPaths } from '../refresh/path-file';

/** A cluster, its plan, and the version that the app names of it. */
export interface ClusterToWrite {
  readonly cluster: CommandCluster;
  readonly plan: ClusterPlan;
  readonly declared: string | undefined;
}

/**
 * Writes the planned ways into a file, in place of those that it holds of the same clusters, and pins their first step, which is
 * each cluster as it is.
 *
 * Says what was written, or why not; all of them are written, or none. Clusters that are still to be created need no way.
 *
 * @returns whether they were
 * @throws CommandError if a file cannot be read or written
 */
export async function writePaths(io: Io, file: string, clusters: readonly ClusterToWrite[]): Promise<boolean> {
  const paths = clusters.filter(({ cluster }) => !cluster.toBeCreated).map(pathTo);
  const problems = paths.flatMap((path) => 'problem' in path ? [path.problem] : []);
  if (problems.length > 0 || paths.length === 0) {
    io.stderr.write(
      `nothing is written to ${file}:\n`
        + (paths.length === 0 ? [sentence(cannot.pathOfNone({}))] : problems).map((problem) => `  ${problem}\n`).join(''),
    );
    return false;
  }

  const written = paths as ClusterPath[];
  const isWritten = (path: ClusterPath) => written.some((other) => stepKey(other) === stepKey(path));
  const others = (await readPaths(io.cwd, file) ?? []).filter((path) => !isWritten(path));
  try {
    await writeFileAtomic(resolve(io.cwd, file), `${JSON.stringify(upgradePathFile([...others, ...written]), undefined, 2)}\n`);
  } catch (error) {
    throw unreadable(says.pathNotWritten({ file, why: (error as Error).message }), error);
  }
  await updateContext(contextFileOf(io), new Map(written.map((path) => [stepKey(path), { step: 0, version: path.steps[0].version }])));
  io.stderr.write(
    `written to ${file}: give the clusters upgradePath: UpgradePath.fromFile(), then move them to the first step with `
      + '\'cdk-eks-upgrades refresh --step\'\n',
  );
  return true;
}

function pathTo({ cluster: { declaration, read, name }, plan, declared }: ClusterToWrite): ClusterPath | { readonly problem: string } {
  const problem = (why: Said) => ({ problem: `${name} (${declaration.path}): ${sentence(why)}` });
  const appVersion = declaration.upgradePath?.appVersion ?? declared;
  if (!('deployments' in plan) || !read.known) return problem(cannot.pathWithoutPlan({}));
  const { account, region } = declaration;
  if (!obeysContext(declaration) || account === undefined || region === undefined || appVersion === undefined) {
    return problem(cannot.followPath({}));
  }
  if (KubernetesMinor.parse(plan.to).isOlderThan(KubernetesMinor.parse(plan.from))) {
    return problem(cannot.pathDown({}));
  }
  const deployments = plan.deployments.map(({ to, steps }) => ({ to, steps: steps.map(({ step }) => step) }));
  const gaps = gapsOnTheWay(read.value, deployments);
  if (gaps.length > 0) return problem(cannot.pathUnread({ gaps }));
  return { cluster: declaration.path, account, region, appVersion, steps: pathSteps(read.value, deployments) };
}
