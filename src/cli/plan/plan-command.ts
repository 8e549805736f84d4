import { Command, Option } from 'commander';
import { ClusterPlan, planOf } from './cluster-plan';
import { planHtml } from './html-format';
import { planMarkdown } from './markdown-format';
import { planMermaid } from './mermaid-format';
import { planText } from './text-format';
import { writePaths } from './write-path';
import { DeclaredApp } from '../app/app-clusters';
import { ownContextFile } from '../app/own-context-file';
import { clusterCommand, ClusterOptions, clustersOf } from '../clusters/cluster-options';
import { wrongUse } from '../command-error';
import { ExitCode, exitCodeFor, Run } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';
import { says } from '../messages';
import { colorsOf } from '../terminal';
import { parseVersion } from '../version-option';

interface PlanOptions extends ClusterOptions {
  readonly format: Format;
  readonly to?: string;
  readonly write?: boolean;
  readonly pathFile?: string;
  readonly holdNodes?: boolean;
}

const FORMATS = ['text', 'markdown', 'json', 'mermaid', 'html'] as const;

type Format = typeof FORMATS[number];

/** The command `plan`. */
export function planCommand(io: Io, run: Run): Command {
  return clusterCommand(
    'plan', 'Plan the way of the clusters to a version: deployment by deployment, in order, with findings and durations.',
  )
    .option('--to <version>', 'the Kubernetes version to go to, such as 1.38 (default: what the app wants)', parseVersion)
    .option('--write', 'leave the way as a file, for UpgradePath.fromFile()')
    .option(
      '--path-file <file>', 'with --write: the file, seen from the folder of the app (default: the one that the app follows, else '
        + 'upgrade-path.json)',
    )
    .option(
      '--hold-nodes',
      'hold the node groups until the control plane has arrived, where the kubelet skew allows it (default: as the app is '
        + 'written; with --write, held)',
    )
    .addOption(new Option('--format <format>', 'how to write the plan; --json is short for json').choices(FORMATS).default('text'))
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades plan --to 1.38
  $ cdk-eks-upgrades plan Prod --to 1.38 --write
  $ cdk-eks-upgrades plan --to 1.38 --hold-nodes
  $ cdk-eks-upgrades plan 'Prod/*' --to 1.38 --format html > plan.html
  $ cdk-eks-upgrades plan --without-app --cluster prod --region us-west-2 --to 1.37

Ends with 0 when nothing stops a deployment, 1 when something does, 2 when used wrongly, 3 when nothing does, but something
could not be read.`)
    .action(async (stacks: string[], options: PlanOptions) => run(async () => {
      const { to, write = false, holdNodes = write } = options; // a path moves nodes in steps of their own
      if (write && (to === undefined || options.withoutApp)) {
        throw wrongUse(says.writeWithoutTo({}));
      }
      const contextFile = write ? await ownContextFile(io, options) : undefined;
      let written: DeclaredApp['clusters'] = [];
      const clusters = await clustersOf(io, stacks, options, (app) => {
        written = app.clusters;
        // what EKS offers on the way is read, too
        return to === undefined ? app : { ...app, clusters: written.map((cluster) => ({ ...cluster, version: to })) };
      });
      const plans = clusters.map(
        (cluster, index) => planOf({ ...cluster, declaration: written[index] }, { to, holdNodes, isFollowed: write }),
      );
      io.stdout.write(render(plans, options, io));
      const exitCode = exitCodeOf(plans);
      if (contextFile === undefined) return exitCode;
      const toWrite = clusters.map((cluster, index) => ({ cluster, plan: plans[index], declared: written[index].version }));
      const isWritten = await writePaths(io, { pathFile: options.pathFile, contextFile }, toWrite);
      return isWritten || exitCode !== ExitCode.FINE ? exitCode : ExitCode.FOUND;
    }));
}

function render(plans: readonly ClusterPlan[], { format, json }: PlanOptions, io: Io): string {
  switch (json ? 'json' : format) {
    case 'text': return planText(plans, colorsOf(io, io.stdout));
    case 'markdown': return planMarkdown(plans);
    case 'json': return jsonOf('plan', { clusters: plans });
    case 'mermaid': return planMermaid(plans);
    case 'html': return planHtml(plans, io.now());
  }
}

function exitCodeOf(plans: readonly ClusterPlan[]): ExitCode {
  return exitCodeFor({
    isFound: plans.some((plan) => 'noWay' in plan || ('deployments' in plan && plan.deployments.some(({ passed }) => !passed))),
    isUnread: plans.some((plan) => 'unreadable' in plan || ('gaps' in plan && plan.gaps.length > 0)),
  });
}
