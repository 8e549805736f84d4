import { CfnResource } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** A cluster as what moves its parts sees it, whoever makes it and with which module. */
export interface MovedCluster {
  /**
   * What stands for the cluster in the app: tools know it by this path, what is said of it is said here, and node groups are
   * made below it.
   */
  readonly construct: Construct;
  /** Where guard and add-ons are made; in the stack of the cluster's resource. */
  readonly scope: Construct;
  /** The cluster, as node groups and add-ons of `aws-eks-v2` take it. */
  readonly cluster: eks.ICluster;
  /** Its resource; undefined where the cluster is imported. */
  readonly resource?: CfnResource;
  /** Whether the app takes its own resource by the name alone, so that nodes and agent may be made by resources as well. */
  readonly isTakenByName?: boolean;
  /** Its name, where that is known before the cluster exists. */
  readonly literalName?: string;
  /** The Kubernetes minor of its control plane. */
  readonly kubernetesVersion: string;
  /** Whether access entries can be made for it; absent where nobody knows. */
  readonly allowsAccessEntries?: boolean;
  /** The kubectl layer by which the app talks to it. */
  readonly kubectlLayer?: ILayerVersion;
  /**
   * The add-on with the Pod Identity agent, made when it is first asked for: where service accounts of the cluster look for it,
   * if they do.
   */
  podIdentityAgent?(): eks.IAddon;
  /** What else is to be done for a node group, beside what its own construct does. */
  completeNodeGroup?(group: eks.Nodegroup): void;
}
