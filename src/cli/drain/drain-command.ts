import { Command, Option } from 'commander';
import { exitCodeOf, rehearseDrains } from './drain-result';
import { drainText } from './drain-text';
import { collect } from '../app-command';
import { clusterCommand, ClusterOptions, clustersOf } from '../clusters/cluster-options';
import { withWorkloadOptions, WorkloadOptions } from '../clusters/workload-options';
import { Run } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';

interface DrainOptions extends ClusterOptions, WorkloadOptions {
  readonly nodeGroup: readonly string[];
}

/** The command `drain`. */
export function drainCommand(io: Io, run: Run): Command {
  return withWorkloadOptions(
    clusterCommand('drain', 'Rehearse the drain of nodes: which pods cannot be evicted, do not come back or find no new node.'),
  )
    .addOption(
      new Option('--node-group <name>', 'a node group to rehearse, in each cluster that has it; can be repeated')
        .argParser(collect).default([], 'those that the app would roll, or all without an app'),
    )
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades drain
  $ cdk-eks-upgrades drain 'Prod/*' --node-group workers
  $ cdk-eks-upgrades drain --without-app --cluster prod --region us-west-2 --json

Ends with 0 when the nodes drain, 1 when something blocks for ever, 2 when used wrongly, 3 when a cluster could not be looked into.`)
    .action(async (stacks: string[], options: DrainOptions) => run(async () => {
      const withoutApp = options.withoutApp ?? false;
      const clusters = await clustersOf(io, stacks, { ...options, workloads: options });
      const results = rehearseDrains(clusters, options.nodeGroup, withoutApp);
      io.stdout.write(options.json ? jsonOf('drain', { clusters: results }) : drainText(results, options.nodeGroup));
      return exitCodeOf(results);
    }));
}
