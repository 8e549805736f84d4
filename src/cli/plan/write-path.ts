import { resolve } from 'node:path';
import { ClusterPlan } from './cluster-plan';
import { obeysContext } from '../../engine/declaration/cluster-declaration';
import { targetSupported } from '../../engine/judgement/checks/target-supported';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';
import { Said } from '../../engine/messages/message';
import { sentence } from '../../engine/messages/sentence';
import { pathSteps } from '../../engine/plan/path-steps';
import { ClusterPath, stepKey, UPGRADE_PATH_FILE, upgradePathFile } from '../../engine/plan/upgrade-path-file';
import { updatedContext } from '../app/context-file';
import { readPaths } from '../app/path-file';
import { Replacement, replaceFiles } from '../app/replace-files';
import { describeGap, gapInVersions, gapsOnTheWay } from '../clusters/cluster-gaps';
import { CommandCluster } from '../clusters/live-clusters';
import { Io } from '../io';
import { cannot, says } from '../messages';

/** A cluster, its plan, and the version that the app names of it. */
export interface ClusterToWrite {
  readonly cluster: CommandCluster;
  readonly plan: ClusterPlan;
  readonly declared: string | undefined;
}

/** Where to write. */
export interface FilesToWrite {
  /** The file of paths that was asked for. */
  readonly pathFile: string | undefined;
  readonly contextFile: string;
}

/** A way, and the file that it belongs into. */
interface PathInFile {
  readonly path: ClusterPath;
  readonly file: string;
  /** Whether the app follows the file already. */
  readonly isFollowed: boolean;
}

/**
 * Writes the planned ways into the files that the app follows, in place of those that these hold of the same clusters, and pins their
 * first step, which is each cluster as it is.
 *
 * Says what was written, or why not; all of them are written, or none. Clusters that are still to be created need no way.
 *
 * @returns whether they were
 * @throws CommandError if a file cannot be read or written
 */
export async function writePaths(
  io: Io, { pathFile, contextFile }: FilesToWrite, clusters: readonly ClusterToWrite[],
): Promise<boolean> {
  const paths = clusters.filter(({ cluster }) => !cluster.toBeCreated).map((cluster) => pathTo(io, pathFile, cluster));
  const problems = paths.flatMap((path) => 'problem' in path ? [path.problem] : []);
  if (problems.length > 0 || paths.length === 0) {
    io.stderr.write(
      'no upgrade path is written:\n'
        + (paths.length === 0 ? [sentence(cannot.pathOfNone({}))] : problems).map((problem) => `  ${problem}\n`).join(''),
    );
    return false;
  }

  const written = paths as PathInFile[];
  const files = [...new Map(written.map((path) => [resolve(io.cwd, path.file), path.file])).values()].map((file) => (
    { file, of: written.filter((path) => resolve(io.cwd, path.file) === resolve(io.cwd, file)) }));
  await replaceFiles([
    ...await Promise.all(files.map(async ({ file, of }) => fileWith(io, file, of.map(({ path }) => path)))),
    await updatedContext(
      contextFile, new Map(written.map(({ path }) => [stepKey(path), { step: 0, version: path.steps[0].version }])),
    ),
  ]);
  for (const { file, of } of files) {
    const toFollow = of.every(({ isFollowed }) => isFollowed)
      ? ''
      : `give the clusters upgradePath: UpgradePath.fromFile(${file === UPGRADE_PATH_FILE ? '' : `'${file}'`}), then `;
    io.stderr.write(`written to ${file}: ${toFollow}move the clusters to the first step with 'cdk-eks-upgrades refresh --step'\n`);
  }
  return true;
}

/** A file with the ways that belong into it. */
async function fileWith(io: Io, file: string, paths: readonly ClusterPath[]): Promise<Replacement> {
  const isWritten = (path: ClusterPath) => paths.some((other) => stepKey(other) === stepKey(path));
  const others = (await readPaths(io.cwd, file) ?? []).filter((path) => !isWritten(path));
  return {
    path: resolve(io.cwd, file),
    text: `${JSON.stringify(upgradePathFile([...others, ...paths]), undefined, 2)}\n`,
    notWritten: (why) => says.pathNotWritten({ file, why }),
  };
}

function pathTo(
  io: Io, pathFile: string | undefined, { cluster: { declaration, read, name }, plan, declared }: ClusterToWrite,
): PathInFile | { readonly problem: string } {
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
  const gaps = [...gapInVersions(read.value), ...gapsOnTheWay(read.value, deployments)].map(describeGap);
  if (gaps.length > 0) return problem(cannot.pathUnread({ gaps }));
  const notOffered = plan.deployments.filter(
    ({ findings }) => findings.some(({ check, severity }) => check === targetSupported.id && severity === 'error'),
  );
  if (notOffered.length > 0) return problem(cannot.pathNotOffered({ versions: notOffered.map(({ to }) => to) }));
  const followed = declaration.upgradePath?.file;
  if (followed !== undefined && pathFile !== undefined && resolve(io.cwd, followed) !== resolve(io.cwd, pathFile)) {
    return problem(cannot.followOtherFile({ followed, file: pathFile }));
  }
  const path = { cluster: declaration.path, account, region, appVersion, steps: pathSteps(read.value, deployments) };
  return { path, file: followed ?? pathFile ?? UPGRADE_PATH_FILE, isFollowed: followed !== undefined };
}
