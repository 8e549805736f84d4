import { Command } from 'commander';
import { callerConfig } from '../../live/caller';
import { WorkloadAccess } from '../../live/kubernetes/cluster-workloads';
import { kubeconfigConnection } from '../../live/kubernetes/kubeconfig-connection';
import { callerCredentials } from '../../live/lookup-credentials';
import { kubernetesAgentFor, NetworkOptions } from '../../live/network';

/** The options of commands that look into clusters. */
export interface WorkloadOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Adds the options by which the Kubernetes API is reached. */
export function withWorkloadOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'reach the Kubernetes API by this file (default: by a token of EKS, with the credentials at hand)')
    .option('--context <name>', 'reach it by this context of the kubeconfig');
}

/** Whether the options name a connection of kubectl, which leads to one cluster. */
export function isAsKubectl({ kubeconfig, context }: WorkloadOptions): boolean {
  return kubeconfig !== undefined || context !== undefined;
}

/**
 * How the options say to reach the Kubernetes API.
 *
 * @param network how AWS is reached, for a token of EKS
 */
export function accessOf({ kubeconfig, context }: WorkloadOptions, network: NetworkOptions): WorkloadAccess {
  return {
    ...isAsKubectl({ kubeconfig, context })
      ? { connect: async () => kubeconfigConnection({ kubeconfig, context }) }
      : { credentials: callerCredentials(callerConfig(network)) },
    agent: async () => kubernetesAgentFor(network),
  };
}
