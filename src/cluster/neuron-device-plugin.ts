import { Token } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { warnings } from './messages';
import { warn } from '../diagnostics/annotations';

/** The L2s install the device plugin for these instances with their node groups, but keep the method that does it to themselves. */
const NEURON_PLUGIN_INSTANCES = /^(inf1|inf2|trn1)/;

/** All that carry Neuron devices. */
const NEURON_INSTANCES = /^(inf|trn)\d/;

interface NeuronPluginHost {
  /** Clusters of `aws-eks-v2` may be without, and can install nothing then; those of `aws-eks` always have one. */
  readonly kubectlProvider?: unknown;
  addNeuronDevicePlugin?(): void;
}

/**
 * Lets a cluster install the device plugin that Neuron instances need, as its own node groups do; imported clusters install nothing.
 *
 * Where the cluster cannot, or where the CDK knows the plugin not to be for them, the node group is made all the same, with a warning.
 */
export function addNeuronDevicePluginFor(cluster: IConstruct, instanceTypes: readonly InstanceType[] = []): void {
  const host = cluster as NeuronPluginHost;
  const neuron = instanceTypes.map(String).filter((type) => !Token.isUnresolved(type) && NEURON_INSTANCES.test(type));
  if (!host.addNeuronDevicePlugin || neuron.length === 0) return;

  const hasKubectl = !('kubectlProvider' in host) || host.kubectlProvider !== undefined;
  if (hasKubectl && neuron.some((type) => NEURON_PLUGIN_INSTANCES.test(type))) {
    host.addNeuronDevicePlugin();
    return;
  }
  warn(cluster, warnings.neuronDevicePluginMissing({ instanceTypes: [...new Set(neuron)], needsKubectl: !hasKubectl }));
}
