import { Command, Option } from 'commander';
import { CommandCluster, LiveApp, readApp } from './live-clusters';
import { accessOf, isAsKubectl, WorkloadOptions } from './workload-options';
import { GuardDeclaration } from '../../engine/declaration/cluster-declaration';
import { DAILY_LOOK_HOURS } from '../../engine/judgement/checks/insight-age';
import { regionOfCaller } from '../../live/caller';
import { LiveReadingOptions } from '../../live/live-environment-reader';
import { declaredApp, DeclaredApp } from '../app/app-clusters';
import { networkOf } from '../app/cdk-json';
import { selectStacks, stacksOf } from '../app/cloud-assembly';
import { appCommand, collect, CommonOptions } from '../app-command';
import { AwsEnvironments } from '../aws-environments';
import { wrongUse } from '../command-error';
import { Io } from '../io';
import { says } from '../messages';
import { withProgress } from '../terminal';
import { throttlingNotice } from '../throttling-notice';

/** The options of commands that look at clusters. */
export interface ClusterOptions extends CommonOptions {
  /** False for clusters that are not in an app: given as `--without-app`. */
  readonly withoutApp?: boolean;
  readonly cluster: readonly string[];
  readonly region?: string;
  /** How to look into all clusters, or with a connection of kubectl into the only one; absent to look only into those whose guard does. */
  readonly workloads?: WorkloadOptions;
}

/** A command that looks at the clusters of an app, or at some that are in none. */
export function clusterCommand(name: string, description: string): Command {
  return appCommand(name, description)
    .option('--without-app', 'look at clusters that are not in an app: those that --cluster names')
    .addOption(
      new Option('--cluster <name>', 'with --without-app: the name of a cluster in EKS; can be repeated')
        .argParser(collect).default([], 'none'),
    )
    .option('--region <region>', 'with --without-app: where the clusters are (default: the Region of the environment)');
}

/**
 * Reads the clusters that a command judges, and the room that there is for their new nodes.
 *
 * @param adapt what to make of what the app declares before its clusters are read
 */
export async function clustersOf(
  io: Io, stacks: readonly string[], options: ClusterOptions, adapt: (app: DeclaredApp) => DeclaredApp = (app) => app,
): Promise<readonly CommandCluster[]> {
  return (await liveAppOf(io, stacks, options, (app) => ({ ...adapt(app), releases: [] }), { withRoom: true })).clusters;
}

/**
 * Reads the clusters that a command is about, and what is published for the tracked releases without a node group.
 *
 * @param adapt what to make of what the app declares before it is read
 */
export async function liveAppOf(
  io: Io, stacks: readonly string[], options: ClusterOptions, adapt: (app: DeclaredApp) => DeclaredApp = (app) => app,
  reading: Pick<LiveReadingOptions, 'withRoom'> = {},
): Promise<LiveApp> {
  const app = adapt(options.withoutApp ? namedClusters(stacks, options) : await declaredInApp(io, stacks, options));
  const { workloads, concurrency } = options;
  if (workloads && isAsKubectl(workloads) && app.clusters.length > 1) {
    throw wrongUse(says.kubeconfigOfSeveral({ clusters: app.clusters.length }));
  }
  const network = await networkOf(io, options.profile);
  if (options.withoutApp && options.region === undefined && await regionOfCaller(network.profile) === undefined) {
    throw wrongUse(says.noRegion({}));
  }
  const aws = new AwsEnvironments({ ...network, concurrency, onThrottled: throttlingNotice(io) });
  return withProgress(io, 'clusters', app.clusters.length, async (progress) => readApp(app, aws, progress, {
    now: io.now(), ...reading, workloads: { ofGuards: accessOf({}, network), ofAll: workloads && accessOf(workloads, network) },
  }));
}

async function declaredInApp(io: Io, patterns: readonly string[], options: ClusterOptions): Promise<DeclaredApp> {
  if (options.cluster.length > 0 || options.region !== undefined) {
    throw wrongUse(says.clusterOfApp({}));
  }
  const stacks = await stacksOf(io, options, true);
  return declaredApp(stacks, selectStacks(stacks, patterns));
}

function namedClusters(stacks: readonly string[], { cluster: names, region, app }: ClusterOptions): DeclaredApp {
  if (stacks.length > 0 || app !== undefined) throw wrongUse(says.stacksWithoutApp({}));
  if (names.length === 0) throw wrongUse(says.noCluster({}));
  if (names.some((name) => name.trim() === '')) {
    throw wrongUse(says.clusterEmpty({}));
  }
  if (region?.trim() === '') {
    throw wrongUse(says.regionEmpty({}));
  }
  const environment = { region };
  return {
    environments: { [`current/${region ?? 'current'}`]: { ...environment, wanted: {} } },
    deployedTogether: {},
    releases: [],
    clusters: names.map((clusterName) => ({
      ...environment, path: clusterName, stackName: '', clusterName, guard: NO_GUARD, nodeGroups: [], addOns: [], bakes: [],
    })),
  };
}

/** No guard asks EKS to look anew at a cluster that is in no app, so that its daily look counts. */
const NO_GUARD: GuardDeclaration = { mode: 'enforce', ignore: [], maxInsightAgeMinutes: DAILY_LOOK_HOURS * 60 };
