import { CfnElement, Names, Stack, Token } from 'aws-cdk-lib';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { AddOnVersion, TrackedAddOnChoice } from './add-on-version';
import { AddOnVersions } from './add-on-versions';
import { DeploymentOrder } from './deployment-order';
import { ManagedAddOn } from './managed-add-on';
import { says } from './messages';
import { MovedCluster } from './moved-cluster';
import { whenRendered } from '../diagnostics/rendered-properties';
import { withSortedKeys } from '../diagnostics/sorted-keys';
import { ADD_ON_METADATA_TYPE, AddOnMetadata } from '../engine/declaration/metadata';
import { staysWithNodes } from '../engine/eks/kube-proxy';
import { isNeededByNodes } from '../engine/eks/upgrade-order';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { refusal } from '../engine/messages/refusal';
import { CORE_DNS, KUBE_PROXY, POD_IDENTITY_AGENT } from '../engine/state/add-on-names';
import { reportBehaviour } from '../manifests/judge-objects';
import { lookUpAddOnVersion, requireTrackable, TrackedAddOnVersion, TrackingAddOn } from '../tracking/add-on-version-lookup';

interface InstalledAddOn {
  readonly addOn: ManagedAddOn;
  readonly version: AddOnVersion;
  /** Of a tracked version, what was looked up. */
  readonly tracked?: TrackedAddOnVersion;
}

/**
 * The managed add-ons of one cluster.
 */
export class ManagedAddOns {
  /** Their resources. */
  public readonly resources: CfnAddon[] = [];

  private readonly addOns = new Map<string, InstalledAddOn>();
  private readonly versions = new Map<Stack, AddOnVersions>();

  constructor(
    private readonly cluster: MovedCluster,
    private readonly nodeKubernetesVersion: string | undefined,
    private readonly order: DeploymentOrder,
  ) {}

  /** Names of the add-ons with pods that get their role by Pod Identity. */
  public get withPodIdentity(): string[] {
    return [...this.addOns.values()].filter(({ addOn }) => addOn._usesPodIdentity).map(({ addOn }) => addOn.name);
  }

  /** Whether kube-proxy is among them, and stays while nodes are held back. */
  public get holdsKubeProxy(): boolean {
    const kubeProxy = this.addOns.get(KUBE_PROXY)?.addOn;
    return kubeProxy !== undefined && staysWithNodes(KUBE_PROXY, kubeProxy._options.version !== undefined);
  }

  /** Whether CoreDNS is among them, in a configuration that leaves its pods to nodes. */
  public get leavesCoreDnsToNodes(): boolean {
    const coreDns = this.addOns.get(CORE_DNS)?.addOn;
    return coreDns !== undefined && coreDns._options.configurationValues?.computeType === undefined;
  }

  /**
   * Installs an add-on.
   *
   * @throws if the cluster has it already, or one whose name differs in dashes and underscores only
   */
  public add(addOn: ManagedAddOn): eks.IAddon {
    const options = addOn._options;
    const scope = options.scope ?? this.cluster.scope;
    this.requireNew(addOn, scope);
    const version = this.versionOf(addOn);
    if (version.trackedChoice) requireTrackable(scope, { name: addOn.name, kubernetesVersion: this.cluster.kubernetesVersion });

    const addon = this.makeAddon(scope, addOn);
    const tracked = version.trackedChoice && this.lookUp(addon, addOn.name, version.trackedChoice);
    this.addOns.set(addOn.name, { addOn, version, tracked });
    const resource = addon.node.defaultChild as CfnAddon;
    const podIdentities = addOn._podIdentities(addon as eks.Addon);
    resource.addonVersion = tracked?.version ?? this.versionsIn(Stack.of(scope)).versionOf(
      addOn.name, version, `${pascalCase(addOn.name)}Version`,
    );
    resource.resolveConflicts = options.conflictPolicy;
    resource.preserveOnDelete = options.preserveOnDelete;
    if (options.namespace !== undefined) resource.addPropertyOverride('NamespaceConfig', { Namespace: options.namespace });
    resource.configurationValues = options.configurationValues && Stack.of(scope).toJsonString(withSortedKeys(options.configurationValues));
    resource.serviceAccountRoleArn = options.serviceAccountRole?.roleArn;
    resource.podIdentityAssociations = podIdentities.length > 0
      ? podIdentities.map(({ serviceAccount, role }) => ({ serviceAccount, roleArn: role.roleArn }))
      : undefined;

    this.reportBehaviour(addon, addOn);
    this.recordMetadata(addon, addOn, { version, tracked }, resource);
    this.resources.push(resource);
    if (addOn.neededByNodes) this.order.addBeforeNodes(resource);
    else this.order.addAfterNodes(resource);
    return addon;
  }

  private versionOf({ name, version, _options: options }: ManagedAddOn): AddOnVersion {
    const nodesAreHeld = this.nodeKubernetesVersion !== undefined && this.nodeKubernetesVersion !== this.cluster.kubernetesVersion;
    return nodesAreHeld && staysWithNodes(name, options.version !== undefined) ? AddOnVersion.keepWhileCompatible() : version;
  }

  private recordMetadata(
    addon: eks.IAddon, made: ManagedAddOn, { version, tracked }: Omit<InstalledAddOn, 'addOn'>, { logicalId }: CfnElement,
  ): void {
    const { name, neededByNodes, _options: options } = made;
    const { construct, kubernetesVersion } = this.cluster;
    const { cluster } = this.place;
    const metadata: AddOnMetadata = {
      cluster: construct.node.path,
      logicalId,
      name,
      ...neededByNodes !== isNeededByNodes(name) && { neededByNodes },
      ...name === KUBE_PROXY && options.version && { movesWithoutNodes: true },
      policy: version.policy,
      version: tracked?.version ?? version.version,
      tracked: tracked && {
        contextKey: tracked.contextKey,
        choice: version.trackedChoice!,
        kubernetesVersion,
        cluster,
        live: whenRendered(() => this.place.live),
      },
    };
    addon.node.addMetadata(ADD_ON_METADATA_TYPE, metadata);
  }

  private reportBehaviour(addon: eks.IAddon, { name, _options: { configurationValues } }: ManagedAddOn): void {
    const { kubernetesVersion } = this.cluster;
    const isIpvs = name === KUBE_PROXY && configurationValues?.mode === 'ipvs';
    if (isIpvs && !Token.isUnresolved(kubernetesVersion)) reportBehaviour(addon, 'ipvs', KubernetesMinor.parse(kubernetesVersion));
  }

  private lookUp(addon: eks.IAddon, name: string, choice: TrackedAddOnChoice): TrackedAddOnVersion {
    return lookUpAddOnVersion(addon as eks.Addon, { name, choice, kubernetesVersion: this.cluster.kubernetesVersion, ...this.place });
  }

  /** By what the cluster goes in the context, and where its add-ons can be looked at. */
  private get place(): Pick<TrackingAddOn, 'cluster' | 'live'> {
    const { construct, resource, literalName } = this.cluster;
    const live = literalName === undefined && resource && !resource.stack.nested // whose stack has a name that is made up, too
      ? { stackName: resource.stack.stackName, logicalId: resource.stack.resolve(resource.logicalId) as string }
      : { clusterName: literalName };
    return { cluster: literalName ?? construct.node.path, live };
  }

  private requireNew({ name }: ManagedAddOn, scope: Construct): void {
    if (this.addOns.has(name)) {
      throw refusal(says.addOnTwice({ name }));
    }
    const twin = [...this.addOns.keys()].find((other) => pascalCase(other) === pascalCase(name));
    if (twin !== undefined) {
      throw refusal(says.addOnOfSameId({ name, twin }));
    }
    if (name === POD_IDENTITY_AGENT && scope !== this.cluster.scope) {
      throw refusal(says.scopeOfAgent({ name, scope: scope.node.path }));
    }
  }

  /** Elsewhere than in the cluster, the cluster's path keeps the add-ons of two clusters apart. */
  private idOf(scope: Construct, id: string): string {
    return scope === this.cluster.scope ? id : `${Names.nodeUniqueId(this.cluster.construct.node)}${id}`;
  }

  /** The L2 makes the Pod Identity agent by itself when a service account needs it, and must find this one instead of a second. */
  private makeAddon(scope: Construct, { name }: ManagedAddOn): eks.IAddon {
    return name === POD_IDENTITY_AGENT && this.cluster.podIdentityAgent
      ? this.cluster.podIdentityAgent()
      : new eks.Addon(scope, this.idOf(scope, `AddOn${pascalCase(name)}`), { addonName: name, cluster: this.cluster.cluster });
  }

  /** Its place does not depend on which add-on is the first of its stack. */
  private versionsIn(stack: Stack): AddOnVersions {
    const scope = stack === Stack.of(this.cluster.scope) ? this.cluster.scope : stack;
    const versions = this.versions.get(stack) ?? new AddOnVersions(scope, this.idOf(scope, 'AddOnVersions'), this.cluster);
    this.versions.set(stack, versions);
    return versions;
  }
}

function pascalCase(name: string): string {
  return name.split(/[-_]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
