import { Command, Option } from 'commander';
import { checkCluster, CheckResult, exitCodeOf } from './check-result';
import { checkGithub } from './github-format';
import { checkJunit } from './junit-format';
import { checkSarif } from './sarif-format';
import { checkText } from './text-format';
import { Severity } from '../../engine/judgement/finding';
import { clusterCommand, ClusterOptions, clustersOf } from '../clusters/cluster-options';
import { isAsKubectl, withWorkloadOptions, WorkloadOptions } from '../clusters/workload-options';
import { Run } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';

interface CheckOptions extends Omit<ClusterOptions, 'workloads'>, WorkloadOptions {
  readonly workloads?: boolean;
  readonly format: Format;
  readonly failOn: Severity;
}

const FORMATS = ['text', 'json', 'github', 'junit', 'sarif'] as const;

type Format = typeof FORMATS[number];

/** The command `check`. */
export function checkCommand(io: Io, run: Run): Command {
  return withWorkloadOptions(clusterCommand('check', 'Say what the upgrade guard would say now of what the app wants.'))
    .option(
      '--workloads',
      'look into the clusters, too: whether nodes will drain, and pods come back (default: where the guard does; --kubeconfig and '
        + '--context imply it)',
    )
    .addOption(new Option('--format <format>', 'how to write the verdicts; --json is short for json').choices(FORMATS).default('text'))
    .addOption(new Option(
      '--fail-on <severity>', 'the least severity of a finding with which to end with 1',
    ).choices(['error', 'warning', 'info']).default('error'))
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades check --fail-on warning
  $ cdk-eks-upgrades check 'Prod/*' --format junit > report.xml
  $ cdk-eks-upgrades check --format github

Ends with 0 when nothing was found, 1 when something was, 2 when used wrongly, 3 when nothing was found, but something could not be read
or, where that is asked for, a cluster not be looked into.`)
    .action(async (stacks: string[], options: CheckOptions) => run(async () => {
      const looksInside = options.workloads === true || isAsKubectl(options);
      const clusters = await clustersOf(io, stacks, { ...options, workloads: looksInside ? options : undefined });
      const results = clusters.map((cluster) => checkCluster(cluster, looksInside));
      io.stdout.write(render(results, options, io));
      return exitCodeOf(results, options.failOn);
    }));
}

function render(results: readonly CheckResult[], { format, json, failOn }: CheckOptions, { version }: Io): string {
  switch (json ? 'json' : format) {
    case 'text': return checkText(results);
    case 'json': return jsonOf('check', { clusters: results });
    case 'github': return checkGithub(results);
    case 'junit': return checkJunit(results, failOn);
    case 'sarif': return `${JSON.stringify(checkSarif(results, version), undefined, 2)}\n`;
  }
}
