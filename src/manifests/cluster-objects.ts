import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { reportShown, Shown, shownBy } from './judge-objects';
import { appliedTo } from './kubernetes-objects';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { resourcesOfApp } from '../diagnostics/resources-of-app';
import { CHART_TYPE, MANIFEST_TYPE } from '../engine/change/applied-objects';
import { joined } from '../engine/change/objects-in-template';
import { OBJECTS_METADATA_TYPE } from '../engine/declaration/metadata';
import { AppObjects } from '../engine/state/app-objects';

/** What an app puts into one of its clusters. Asked for when the tree is finished. */
export class ClusterObjects {
  private found?: readonly Shown[];
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
    return joined(this.find());
  }

  /** The same for a guard, which reads the template of its stack. Without paths of constructs there, IDs of findings would be others. */
  public guardedIn(stack: Stack): { readonly areAny: boolean; readonly besidesTemplate: AppObjects } {
    const isShown = ({ resource }: Shown) => resource.stack === stack && resource.cfnOptions.metadata?.['aws:cdk:path'] !== undefined;
    const besidesTemplate = joined(this.find().filter((shown) => !isShown(shown)));
    const { removedApis, controllers } = this.objects;
    return { areAny: removedApis.length + controllers.length > 0, besidesTemplate };
  }

  /** Says on the constructs what does not fit the Kubernetes version, and writes down for tools what there is. */
  public report(): void {
    if (this.isReported) return;
    this.isReported = true;
    const { objects } = this;
    if (objects.removedApis.length + objects.controllers.length > 0) this.cluster.node.addMetadata(OBJECTS_METADATA_TYPE, objects);
    if (isKnownAtSynth(this.kubernetesVersion)) this.find().forEach((shown) => reportShown(shown, this.kubernetesVersion));
  }

  /** Once: there may be hundreds of manifests. */
  private find(): readonly Shown[] {
    this.found ??= appliedTo(resourcesOfApp(this.cluster, MANIFEST_TYPE, CHART_TYPE), this.isOfCluster).map(shownBy);
    return this.found;
  }
}
