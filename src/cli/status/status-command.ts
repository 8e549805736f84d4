import { Command } from 'commander';
import { byUrgency, ClusterStatus, statusOf } from './cluster-status';
import { ReleaseStatus, releaseStatus } from './release-status';
import { statusTable } from './status-table';
import { clusterCommand, ClusterOptions, liveAppOf } from '../clusters/cluster-options';
import { ExitCode, exitCodeFor, Run } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';
import { colorsOf } from '../terminal';

/** The command `status`. */
export function statusCommand(io: Io, run: Run): Command {
  return clusterCommand(
    'status', 'Show where the clusters of the app stand: what is live, what the app declares, what is newest. The most urgent first.',
  )
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades status
  $ cdk-eks-upgrades status 'Prod/*' --json
  $ cdk-eks-upgrades status --without-app --cluster prod --region us-west-2

Ends with 0 when all is well, 1 when a cluster has findings (errors or warnings), 2 when used wrongly, 3 when something could not be read.`)
    .action(async (stacks: string[], options: ClusterOptions) => run(async () => {
      const live = await liveAppOf(io, stacks, options);
      const clusters = live.clusters.map(statusOf).sort(byUrgency);
      const releases = live.releases.map((release) => releaseStatus(release, io.now()));
      if (options.json) io.stdout.write(jsonOf('status', { clusters, releases }));
      else io.stdout.write(statusTable(clusters, releases, colorsOf(io, io.stdout)));
      return exitCodeOf(clusters, releases);
    }));
}

function exitCodeOf(clusters: readonly ClusterStatus[], releases: readonly ReleaseStatus[]): ExitCode {
  return exitCodeFor({
    isFound: clusters.some((cluster) => 'findings' in cluster && cluster.findings.some(({ severity }) => severity !== 'info')),
    isUnread: releases.some(({ unreadable }) => unreadable !== undefined)
      || clusters.some((cluster) => 'unreadable' in cluster || ('gaps' in cluster && cluster.gaps.length > 0)),
  });
}
