/**
 * How the bench's CloudFormation makes, changes and deletes resources that MiniStack lacks, or has without the rules of AWS.
 */
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { EKSClient } from '@aws-sdk/client-eks';

/** Resolved properties, named as in a template. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates are untyped; each resource type reads what its schema promises
export type Properties = Record<string, any>;

/** What is left of a resource that was made or changed. */
export interface Resource {
  /** What `Ref` returns. */
  readonly physicalId: string;

  /** What `Fn::GetAtt` returns. */
  readonly attributes: Record<string, string>;
}

/** How resource handlers of AWS behave where that is not certain. */
export interface UncertainBehaviour {
  /** Whether the cluster's handler asks for no update when the live version is the wanted one already. */
  readonly readsLiveVersion: boolean;

  /** Whether a custom resource that has failed is told the properties that it refused as the ones before. */
  readonly refusedBecomeOld: boolean;

  /** Actions of CloudFormation that functions may not call. */
  readonly deniedToFunctions: readonly string[];
}

/** What resource handlers work with. */
export interface Handling {
  readonly eks: EKSClient;
  readonly ec2: EC2Client;

  readonly behaviour: UncertainBehaviour;

  /** Whether a resource is done when it is ready; in express mode, it is as soon as its call is accepted. */
  readonly waits: boolean;

  /** Tells EKS what image a version of a launch template names: both are MiniStack's. */
  noteLaunchTemplate(id: string, version: string, imageId: string | undefined): void;

  /** Lets the time pass that AWS needs for what it has accepted. */
  passTime(): Promise<void>;
}

/** An update of a resource. */
export interface Change {
  readonly physicalId: string;
  readonly previous: Properties;
  readonly properties: Properties;

  /** CloudFormation takes back what a failed update of the stack did. */
  readonly isRollback: boolean;
}

export interface ResourceType {
  /** Properties whose change is a replacement, and parts of properties: `KubernetesNetworkConfig/IpFamily`. */
  readonly createOnly: readonly string[];

  create(handling: Handling, logicalId: string, properties: Properties): Promise<Resource>;

  /** Changes properties that are not create-only. */
  update(handling: Handling, change: Change): Promise<Resource>;

  delete(handling: Handling, physicalId: string, properties: Properties): Promise<void>;
}
