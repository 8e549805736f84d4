import { existsSync, readFileSync } from 'node:fs';
import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { says } from './messages';
import { pathOfChild } from '../diagnostics/construct-path';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { refusal } from '../engine/messages/refusal';
import { ClusterPath, pathOf, PathStep, pinnedStepOf, stepKey, UPGRADE_PATH_FILE, upgradePathsIn } from '../engine/plan/upgrade-path-file';

/**
 * The way of a cluster through several minors, which `cdk-eks-upgrades plan --to 1.38 --write` has left as a file.
 *
 * `cdk.context.json` pins the step that the app is at; `cdk-eks-upgrades refresh --step` moves it to the next one when what is
 * live has got there.
 * At synth nothing moves.
 *
 * @example
 * new UpgradableCluster(this, 'Cluster', {
 *   version: eks.KubernetesVersion.V1_34, // where the way begins
 *   upgradePath: UpgradePath.fromFile(),
 * });
 */
export class UpgradePath {
  /**
   * The way in a file, reviewed and committed like the app itself.
   *
   * Where there is no file yet, or none of its ways is of the cluster, the version in the app counts.
   *
   * @param path seen from the folder of the app; `upgrade-path.json` unless given
   */
  public static fromFile(path?: string): UpgradePath {
    if (path !== undefined && !Token.isUnresolved(path) && path.trim() === '') {
      throw refusal(says.emptyFileName({ file: UPGRADE_PATH_FILE }));
    }
    return new UpgradePath(path ?? UPGRADE_PATH_FILE);
  }

  private constructor(private readonly file: string) {}

  /**
   * Where a cluster of an app is on its way.
   *
   * @param version the one that the app names
   * @throws if the stack names no account and Region, the file is malformed, or the context pins a step that it has not
   *
   * @internal
   */
  public _positionOf(scope: Construct, id: string, version: string): PathPosition {
    const { file } = this;
    const { account, region } = Stack.of(scope);
    if (!isKnownAtSynth(version)) return { file, appVersion: version };
    if ([account, region].some((value) => Token.isUnresolved(value))) {
      throw refusal(says.pathWithoutEnvironment({}));
    }
    const place = { cluster: pathOfChild(scope, id), account, region };
    const key = stepKey(place);
    const pinned: unknown = scope.node.tryGetContext(key);
    const paths = this.read(pinned, key);
    const path = pathOf(paths, place);
    return {
      file,
      appVersion: version,
      ...path && path.appVersion === version ? { path, step: pinnedStepOf(path, pinned, key, file) } : { other: path?.appVersion },
      ...!path && { ofOthers: pathsBeside(paths, place, version) },
    };
  }

  private read(pinned: unknown, key: string): ClusterPath[] {
    const { file } = this;
    if (!existsSync(file)) {
      if (pinned === undefined) return [];
      throw refusal(says.noSuchStep({ step: JSON.stringify(pinned), file, key }));
    }
    return upgradePathsIn(jsonOf(file), file);
  }
}

/** The construct paths of other clusters whose path would count for this one, if it were theirs. */
function pathsBeside(paths: readonly ClusterPath[], place: Pick<ClusterPath, 'account' | 'region'>, version: string): string[] {
  return paths.filter(({ account, region, appVersion }) =>
    account === place.account && region === place.region && appVersion === version).map(({ cluster }) => cluster);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')); // as the CDK takes a byte order mark away
  } catch (error) {
    throw refusal(says.pathUnreadable({ file, why: (error as Error).message }), { cause: error });
  }
}

/** Where a cluster is on its way, or why it is on none. */
export interface PathPosition {
  readonly file: string;
  /** The version that the app names. */
  readonly appVersion: string;
  /** Absent where the file holds none for the cluster and this version. */
  readonly path?: ClusterPath;
  /** The number of the step; absent where the context pins none. */
  readonly step?: number;
  /** The version for which the file holds a path of the cluster instead. */
  readonly other?: string;
  /** The construct paths of the clusters of which the file holds one for this version instead, in the same account and Region. */
  readonly ofOthers?: readonly string[];
}

/** What the app wants in the step; undefined where none is pinned. */
export function stepAt({ path, step }: PathPosition): PathStep | undefined {
  return path && step !== undefined ? path.steps[step] : undefined;
}
