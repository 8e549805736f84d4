import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';

/** The L2s install the device plugin for these instances with their node groups, but keep the method that does it to themselves. */
const NEURON_PLUGIN_INSTANCES = /^(inf1|inf2|trn1)/;

interface NeuronPluginHost {
  addNeuronDevicePlugin?(): void;
}

/** Lets a cluster install the device plugin that Neuron instances need, as its own node groups do; imported clusters install nothing. */
export function addNeuronDevicePluginFor(cluster: IConstruct, instanceTypes: readonly InstanceType[] = []): void {
  if (instanceTypes.some((type) => NEURON_PLUGIN_INSTANCES.test(type.toString()))) {
    (cluster as NeuronPluginHost).addNeuronDevicePlugin?.();
  }
}
