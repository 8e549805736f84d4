import { Duration } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { says } from './messages';
import { KINDS } from '../diagnostics/kinds';
import { requireInteger } from '../diagnostics/require-integer';
import { requireKind } from '../diagnostics/require-kind';
import { refusal } from '../engine/messages/refusal';

/** What EKS does with an unhealthy node. */
export enum NodeRepairAction {
  /** Replace the node. */
  REPLACE = 'Replace',
  /** Reboot the node. */
  REBOOT = 'Reboot',
  /** Leave the node alone. */
  NO_ACTION = 'NoAction',
}

/**
 * A rule of its own for one kind of unhealthiness. EKS requires all four values.
 */
export interface NodeRepairOverride {
  /** Condition reported by the node monitoring agent, such as `AcceleratedHardwareReady`. */
  readonly nodeMonitoringCondition: string;
  /** Reason reported by the node monitoring agent, such as `NvidiaXID13Error`. */
  readonly nodeUnhealthyReason: string;
  /** How long the condition must last before the repair; whole minutes. */
  readonly minRepairWaitTime: Duration;
  /** What to do with the node. */
  readonly repairAction: NodeRepairAction;
}

/**
 * How EKS repairs unhealthy nodes of a node group.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health.html#node-auto-repair
 */
export interface NodeRepairOptions {
  /**
   * Stop repairing when more than this many nodes are unhealthy. Not together with the percentage.
   *
   * @default - the limit that EKS sets
   */
  readonly maxUnhealthyNodeThresholdCount?: number;

  /**
   * Stop repairing when more than this percentage of nodes (1 to 100) is unhealthy. Not together with the count.
   *
   * @default - the limit that EKS sets
   */
  readonly maxUnhealthyNodeThresholdPercentage?: number;

  /**
   * How many nodes are repaired at once. Not together with the percentage.
   *
   * @default - the limit that EKS sets
   */
  readonly maxParallelNodesRepairedCount?: number;

  /**
   * Which percentage of the unhealthy nodes (1 to 100) is repaired at once. Not together with the count.
   *
   * @default - the limit that EKS sets
   */
  readonly maxParallelNodesRepairedPercentage?: number;

  /**
   * Rules of their own for some kinds of unhealthiness.
   *
   * @default - every kind is repaired as EKS does by default
   */
  readonly overrides?: NodeRepairOverride[];
}

/**
 * The CloudFormation property for these options.
 *
 * @throws if a count and a percentage of the same limit are given, or a value is out of its range
 */
export function renderNodeRepair(options: NodeRepairOptions): CfnNodegroup.NodeRepairConfigProperty {
  const { overrides, ...limits } = options;
  requireOneOf(limits, 'maxUnhealthyNodeThresholdCount', 'maxUnhealthyNodeThresholdPercentage');
  requireOneOf(limits, 'maxParallelNodesRepairedCount', 'maxParallelNodesRepairedPercentage');
  overrides?.forEach(({ minRepairWaitTime }) => requireKind('nodeRepair.overrides.minRepairWaitTime', minRepairWaitTime, KINDS.duration));
  return {
    enabled: true,
    ...limits,
    nodeRepairConfigOverrides: overrides?.map(({ minRepairWaitTime, ...override }) => ({
      ...override,
      minRepairWaitTimeMins: minRepairWaitTime.toMinutes(),
    })),
  };
}

type Limits = Omit<NodeRepairOptions, 'overrides'>;

function requireOneOf(limits: Limits, count: keyof Limits, percentage: keyof Limits): void {
  if (limits[count] !== undefined && limits[percentage] !== undefined) {
    throw refusal(says.countAndPercentage({ count, countGiven: limits[count], percentage, percentageGiven: limits[percentage] }));
  }
  requireInteger(`nodeRepair.${count}`, limits[count], { min: 1 });
  requireInteger(`nodeRepair.${percentage}`, limits[percentage], { min: 1, max: 100 });
}
