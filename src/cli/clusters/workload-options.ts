import { Command } from 'commander';
import { WorkloadAccess } from '../../live/kubernetes/cluster-workloads';
import { kubeconfigConnection } from '../../live/kubernetes/kubeconfig-connection';
import { callerCredentials } from '../../live/lookup-credentials';

/** The options of commands that look into clusters. */
export interface WorkloadOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly profile?: string;
}

/** Adds the options by which the Kubernetes API is reached. */
export function withWorkloadOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'reach the Kubernetes API by this file (default: by a token of EKS, with the credentials at hand)')
    .option('--context <name>', 'reach it by this context of the kubeconfig');
}

/** How the options say to reach the Kubernetes API. */
export function accessOf({ kubeconfig, context, profile }: WorkloadOptions): WorkloadAccess {
  const asKubectl = kubeconfig !== undefined || context !== undefined;
  return asKubectl ? { connect: async () => kubeconfigConnection({ kubeconfig, context }) } : {
    credentials: callerCredentials({ profile }),
  };
}
