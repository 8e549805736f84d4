import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { appObjects, reportObjects } from './judge-objects';
import { Applied, appliedTo } from './kubernetes-objects';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { OBJECTS_METADATA_TYPE } from '../engine/declaration/metadata';
import { AppObjects } from '../engine/state/app-objects';

/** What an app puts into one of its clusters. Asked for when the tree is finished. */
export class ClusterObjects {
  private applied?: readonly Applied[];
  private isReported = false;

  /**
   * @param cluster what stands for the cluster in the app
   * @param isOfCluster whether the name of a cluster, of a resource, is that of the cluster
   */
  constructor(
    private readonly cluster: IConstruct,
    private readonly kubernetesVersion: string,
    private readonly isOfCluster: (clusterName: string, user: CfnResource) => boolean,
  ) {}

  /** What of it says something about Kubernetes versions. */
  public get objects(): AppObjects {
    return appObjects(this.find());
  }

  /** Says on the constructs what does not fit the Kubernetes version, and writes down for tools what there is. */
  public report(): void {
    if (this.isReported) return;
    this.isReported = true;
    const { objects } = this;
    if (objects.removedApis.length + objects.controllers.length > 0) this.cluster.node.addMetadata(OBJECTS_METADATA_TYPE, objects);
    if (isKnownAtSynth(this.kubernetesVersion)) reportObjects(this.find(), this.kubernetesVersion);
  }

  /** Once: manifests are large. */
  private find(): readonly Applied[] {
    this.applied ??= appliedTo(this.cluster.node.root, this.isOfCluster);
    return this.applied;
  }
}
