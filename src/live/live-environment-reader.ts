import pLimit from 'p-limit';
import { AskedOnce } from './asked-once';
import { attempt } from './attempt';
import { unlessMissing } from './aws-call-error';
import { AwsClients } from './aws-clients';
import { ClusterVersions, LikelyParts, readClusterState } from './cluster-state';
import { readDeployedStack, readStackThatMayHoldParts } from './deployed-stack';
import { WorkloadAccess } from './kubernetes/cluster-workloads';
import { ConfigurationsToAsk, readRegionCatalog } from './region-catalog';
import { within } from './within';
import { configurationsToAsk, TemplateAddOn } from '../engine/change/add-on-configuration';
import { CatalogNeeds, catalogNeedsOf, catalogNeedsOfImages, catalogNeedsOfRelease, unionOf } from '../engine/change/catalog-needs';
import { NodeGroupAmi } from '../engine/change/cluster-in-templates';
import { distinct } from '../engine/change/distinct';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { configurationsOnTheWay } from '../engine/plan/configurations-on-the-way';
import { ConfiguredAddOn } from '../engine/state/add-on-configuration';
import { ClusterState } from '../engine/state/cluster-state';
import {
  clusterInPhysicalId, clustersOf, DeployedStack, nameInPhysicalId, NESTED_STACK_TYPE, nestedIn, nestedStackName, NO_STACK,
} from '../engine/state/deployed-stack';
import { Known, known, notKnown, Unknown } from '../engine/state/known';
import { environmentKey, LiveCluster, LiveEnvironment } from '../engine/state/live-view';
import { stateOfNewCluster } from '../engine/state/new-cluster';
import { RegionCatalog } from '../engine/state/region-catalog';

/** How to read what is live. */
export interface LiveReadingOptions {
  /** Connects to an account and Region, by its key; asked once for each. */
  readonly connect: (environment: string) => Promise<Known<AwsClients>>;

  /**
   * Tracked releases without a node group, of all accounts and Regions.
   *
   * @default - none
   */
  readonly releases?: readonly ReleaseDeclaration[];

  /**
   * Names of further stacks that may hold parts of the clusters of an environment, by its key: node groups and add-ons that
   * nothing declares, or that leave them.
   *
   * @default - none
   */
  readonly furtherStacks?: Readonly<Record<string, readonly string[]>>;

  /**
   * Add-ons that templates configure, by the key of their environment: the configurations are held against what EKS offers.
   *
   * @default - none
   */
  readonly configuredAddOns?: Readonly<Record<string, readonly TemplateAddOn[] | undefined>>;

  /**
   * Names of add-ons that templates hold and nothing declares, by the key of their environment: what EKS offers of them is read,
   * though they may not be installed yet.
   *
   * @default - none
   */
  readonly furtherAddOns?: Readonly<Record<string, readonly string[] | undefined>>;

  /**
   * The same of what node groups are to run.
   *
   * @default - none
   */
  readonly furtherAmis?: Readonly<Record<string, readonly NodeGroupAmi[] | undefined>>;

  /**
   * The logical IDs of the clusters in the wanted templates of an environment, by its key and by name of the stack: what a stack
   * has beside them leaves it.
   *
   * @default - nothing leaves a stack
   */
  readonly clusterIds?: Readonly<Record<string, Readonly<Record<string, readonly string[]>> | undefined>>;

  /** When it is read. */
  readonly now: Date;

  /** How long to wait for each cluster, each stack and each catalog. */
  readonly patienceMillis: number;

  /**
   * How to reach the Kubernetes API of a cluster, where what runs in it is to be read.
   *
   * @default - of no cluster
   */
  readonly workloads?: (declaration: ClusterDeclaration) => WorkloadAccess | undefined;

  /**
   * Whether the room for new nodes is read as well.
   *
   * @default false
   */
  readonly withRoom?: boolean;

  /**
   * How many clusters of an environment are read at once: what waits for its turn takes memory.
   *
   * @default - all
   */
  readonly clustersAtOnce?: number;

  /**
   * Told of each cluster that has been read, or could not be.
   *
   * @default - nobody is
   */
  readonly onRead?: () => void;
}

/** What was read of one account and Region. */
export interface ReadEnvironment {
  readonly key: string;
  readonly environment: LiveEnvironment;
  readonly clusters: readonly LiveCluster[];
}

/** After this share of the time for a cluster, what of it is not read is unknown: else one slow service would take all the rest along. */
const SHARE_OF_PARTS = 0.75;

/** Reads the clusters that an app declares in one account and Region. */
export class LiveEnvironmentReader {
  private readonly stacks = new Map<string, Promise<Known<DeployedStack>>>();
  private readonly asked = new AskedOnce();

  constructor(
    private readonly key: string,
    private readonly declarations: readonly ClusterDeclaration[],
    private readonly options: LiveReadingOptions,
  ) {}

  public async read(): Promise<ReadEnvironment> {
    const { key, declarations, options } = this;
    const connection = await within(options.patienceMillis, 'connecting to AWS', options.connect(key));
    if (!connection.known) {
      const clusters = declarations.map(({ path }) => ({ path, environment: key, state: connection }));
      return { key, clusters, environment: { catalog: this.unreadCatalog(connection), stacks: {} } };
    }
    const aws = connection.value;
    this.askEarly(aws, this.declaredNeeds());
    const limit = pLimit(options.clustersAtOnce ?? Infinity);
    const clusters = await Promise.all(declarations.map(async (declaration) => limit(async () => {
      stacksOf(declaration).forEach((name) => void this.stack(aws, name)); // side by side with the cluster
      return this.readCluster(aws, declaration).finally(options.onRead);
    })));
    options.furtherStacks?.[key]?.forEach((name) => void this.stack(aws, name, readStackThatMayHoldParts));
    return { key, clusters, environment: { catalog: await this.readCatalog(aws, clusters), stacks: await this.readStacks(aws) } };
  }

  /** A stack, read once. */
  private async stack(aws: AwsClients, name: string, read = readDeployedStack): Promise<Known<DeployedStack>> {
    const stack = this.stacks.get(name) ?? within(this.options.patienceMillis, `reading stack ${name}`, this.readStack(aws, name, read));
    this.stacks.set(name, stack);
    return stack;
  }

  private async readStack(aws: AwsClients, name: string, read: typeof readDeployedStack): Promise<Known<DeployedStack>> {
    const nested = nestedIn(name);
    if (!nested) return attempt(async () => read(aws.cloudFormation, name));
    const parent = await this.stack(aws, nested.parent);
    if (!parent.known) return parent;
    const arn = parent.value.physicalIds[nested.logicalId];
    return arn === undefined ? known(NO_STACK) : attempt(async () => read(aws.cloudFormation, arn));
  }

  private async readStacks(aws: AwsClients): Promise<LiveEnvironment['stacks']> {
    await Promise.all([...this.stacks.keys()].map(async (name) => this.readNestedBeside(aws, name)));
    return Object.fromEntries(await Promise.all([...this.stacks].map(async ([name, stack]) => [name, await stack] as const)));
  }

  /** What is nested in a stack and nobody asks for: the app may have it no more, so that it is deleted with all that it holds. */
  private async readNestedBeside(aws: AwsClients, name: string): Promise<void> {
    const stack = await this.stack(aws, name);
    if (!stack.known) return;
    const { resources, physicalIds } = stack.value;
    const nested = Object.keys(resources).filter((id) => resources[id].type === NESTED_STACK_TYPE && physicalIds[id] !== undefined);
    const beside = nested.map((id) => nestedStackName(name, id)).filter((inner) => !this.stacks.has(inner));
    beside.forEach((inner) => void this.stack(aws, inner, readStackThatMayHoldParts));
    await Promise.all(beside.map(async (inner) => this.readNestedBeside(aws, inner)));
  }

  private async readCluster(aws: AwsClients, declaration: ClusterDeclaration): Promise<LiveCluster> {
    const entry = { path: declaration.path, environment: this.key, ...isNameless(declaration) && { isNameless: true } };
    const { clusterName } = declaration;
    const wanted = clusterName === undefined ? undefined : this.readState(aws, clusterName, declaration); // side by side with its stack
    wanted?.catch(() => undefined); // nobody waits for it where the stack tells another name
    const found = await this.find(aws, declaration);
    if (!found.known) return { ...entry, state: found };
    const { name, stack } = found.value;
    if (name === undefined) return entry;
    const state = await (name === clusterName && wanted || this.readState(aws, name, declaration, stack));
    if (isNameless(declaration) && state.known && !state.value) return { ...entry, state: namedAtDeployment(declaration) };
    return { ...entry, name, state: state.known ? state.value && known(state.value) : state };
  }

  private async readState(
    aws: AwsClients, name: string, declaration: ClusterDeclaration, stack?: DeployedStack,
  ): Promise<Known<ClusterState | undefined>> {
    const { now, patienceMillis, workloads, withRoom = false } = this.options;
    const reading = {
      now,
      until: new Date(Date.now() + patienceMillis * SHARE_OF_PARTS),
      likely: likelyPartsOf(declaration, stack),
      onVersions: (versions: ClusterVersions) => this.askEarly(aws, needsOfLive(versions, declaration)),
      signals: declaration.guard,
      workloads: workloads?.(declaration),
      ...withRoom && { roomFor: () => true },
    };
    const read = attempt(async () => unlessMissing(async () => readClusterState(aws, name, reading)));
    return within(patienceMillis, `reading cluster ${name}`, read);
  }

  /** The cluster that the stack has, be it by another name than the app wants of it; where it has none, the one by that name. */
  private async find(aws: AwsClients, declaration: ClusterDeclaration): Promise<Known<FoundCluster>> {
    const { clusterName, stackName, logicalId } = declaration;
    if (isNameless(declaration)) return this.findByParts(aws, declaration);
    if (logicalId === undefined) return known({ name: clusterName });
    const stack = await this.stack(aws, stackName);
    if (!stack.known) return clusterName === undefined ? stack : known({ name: clusterName });
    const { [logicalId]: name = this.nameOfLeaving(stackName, stack.value) ?? clusterName } = stack.value.physicalIds;
    return known({ name: name ?? await this.nameOfMoving(aws), stack: stack.value });
  }

  /** A cluster that leaves another stack of the app, which keeps none in its place: the construct of one without a name was moved. */
  private async nameOfMoving(aws: AwsClients): Promise<string | undefined> {
    const { furtherStacks, clusterIds } = this.options;
    const ids = clusterIds?.[this.key];
    if (!ids) return undefined;
    const names = furtherStacks?.[this.key] ?? [];
    const stacks = await Promise.all(names.map(async (name) => this.stack(aws, name, readStackThatMayHoldParts)));
    return stacks.flatMap((stack, index) => stack.known
      ? clustersOf(stack.value).filter(({ logicalId, resource }) => !resource.isRetained && !ids[names[index]]?.includes(logicalId))
      : [])[0]?.name;
  }

  /** The cluster whose name the physical IDs of its node groups and add-ons tell. */
  private async findByParts(aws: AwsClients, declaration: ClusterDeclaration): Promise<Known<FoundCluster>> {
    let unread: Unknown | undefined;
    for (const { stackName, logicalId } of [...declaration.nodeGroups, ...declaration.addOns]) {
      const stack = await this.stack(aws, stackName);
      if (!stack.known) unread ??= stack;
      else if (stack.value.physicalIds[logicalId]) return known({ name: clusterInPhysicalId(stack.value.physicalIds[logicalId]) });
    }
    return unread ?? namedAtDeployment(declaration);
  }

  /** The cluster that leaves a stack, which does not keep it, where there is none yet by the wanted ID: its construct was renamed. */
  private nameOfLeaving(stackName: string, deployed: DeployedStack): string | undefined {
    const wanted = this.options.clusterIds?.[this.key]?.[stackName];
    return wanted && clustersOf(deployed).find(({ logicalId, resource }) => !resource.isRetained && !wanted.includes(logicalId))?.name;
  }

  /** What the catalog will be asked for is asked as soon as it is known; an answer that fails is there when the catalog is read. */
  private askEarly(aws: AwsClients, needs: CatalogNeeds): void {
    readRegionCatalog(aws, needs, undefined, this.asked).catch(() => undefined);
  }

  private async readCatalog(aws: AwsClients, clusters: readonly LiveCluster[]): Promise<RegionCatalog> {
    const ofClusters = clusters.flatMap(
      ({ state }, index) => state?.known ? [needsOfLive(state.value, this.declarations[index])] : [],
    );
    const needs = unionOf([this.declaredNeeds(), ...ofClusters]);
    const configured: ConfigurationsToAsk = (offers) => this.configurationsToAsk(clusters, offers);
    const reading = attempt(async () => readRegionCatalog(aws, needs, configured, this.asked));
    const catalog = await within(this.options.patienceMillis, 'reading what EKS offers', reading);
    return catalog.known ? catalog.value : this.unreadCatalog(catalog);
  }

  private configurationsToAsk(clusters: readonly LiveCluster[], offers: RegionCatalog): ConfiguredAddOn[] {
    const configured = this.options.configuredAddOns?.[this.key] ?? [];
    return distinct(clusters.flatMap(({ state }, index) => {
      const declaration = this.declarations[index];
      const { version, path: name } = declaration;
      const live = state?.known ? state.value : undefined;
      const toCreate = state || version === undefined ? undefined : stateOfNewCluster({
        name, version, observedAt: this.options.now.toISOString(),
      });
      const cluster = live ?? toCreate;
      if (!cluster) return [];
      return [
        ...configurationsToAsk(declaration, cluster, offers, configured),
        ...configurationsOnTheWay(declaration, cluster, offers, configured),
      ];
    }));
  }

  /** What is needed of the catalog, whatever the clusters are like. */
  private declaredNeeds(): CatalogNeeds {
    const { furtherAddOns, furtherAmis } = this.options;
    const further: CatalogNeeds = { ...needsOfAmis(furtherAmis?.[this.key] ?? []), addOns: furtherAddOns?.[this.key] ?? [] };
    return unionOf([...this.declarations.map(needsOf), ...this.needsOfReleases(), further]);
  }

  private needsOfReleases(): CatalogNeeds[] {
    return (this.options.releases ?? []).filter((release) => environmentKey(release) === this.key).map(catalogNeedsOfRelease);
  }

  private unreadCatalog(why: Unknown): RegionCatalog {
    const { amiTypes } = unionOf(this.needsOfReleases());
    return { offeredVersions: why, addOnOffers: {}, amiOffers: Object.fromEntries(amiTypes.map((amiType) => [amiType, why])) };
  }
}

/** What it takes to read a cluster. */
interface FoundCluster {
  /** The name in EKS; absent before CloudFormation has made it up. */
  readonly name?: string;
  /** The stack of the cluster, where it was needed to find that. */
  readonly stack?: DeployedStack;
}

/** Whether the app imports a cluster by a name that only the deployment knows. */
function isNameless({ clusterName, logicalId }: ClusterDeclaration): boolean {
  return clusterName === undefined && logicalId === undefined;
}

function namedAtDeployment({ path }: ClusterDeclaration): Unknown {
  return notKnown(`the name of cluster ${path} is known only at deployment, and no node group or add-on tells it yet: `
    + 'give it a literal name where there is one');
}

/** The parts that a cluster most likely has: those that its stack made, else what the app calls by name. */
function likelyPartsOf({ stackName, nodeGroups, addOns }: ClusterDeclaration, stack: DeployedStack | undefined): LikelyParts {
  const names = nodeGroups.map((group) => {
    const physicalId = group.stackName === stackName && stack?.physicalIds[group.logicalId];
    return physicalId ? nameInPhysicalId(physicalId) : group.name;
  });
  return { nodeGroups: names.flatMap((name) => name ?? []), addOns: addOns.map(({ name }) => name) };
}

/** Every stack that holds a part of the cluster. */
function stacksOf({ stackName, nodeGroups, addOns }: ClusterDeclaration): string[] {
  return [stackName, ...[...nodeGroups, ...addOns].map((part) => part.stackName)].filter((name) => name !== '');
}

/** What is needed to know for what is declared, of node groups and add-ons that do not exist yet, too. */
function needsOf({ version, nodeGroups, addOns }: ClusterDeclaration): CatalogNeeds {
  const declared: CatalogNeeds = {
    kubernetesVersions: version === undefined ? [] : [version], addOns: addOns.map(({ name }) => name), amiTypes: [],
  };
  return unionOf([declared, needsOfAmis(nodeGroups), catalogNeedsOfImages(nodeGroups)]);
}

/** What is needed to know for what is live, on the way to the version that is declared. */
function needsOfLive(state: ClusterVersions, { version }: ClusterDeclaration): CatalogNeeds {
  return catalogNeedsOf(state, { version });
}

function needsOfAmis(nodeGroups: readonly NodeGroupAmi[]): CatalogNeeds {
  return {
    kubernetesVersions: nodeGroups.flatMap(({ kubernetesVersion }) => kubernetesVersion ?? []),
    addOns: [],
    amiTypes: nodeGroups.flatMap(({ amiType }) => amiType ?? []),
    releases: nodeGroups.flatMap(({ amiType, kubernetesVersion, releaseVersion }) => {
      const isKnown = amiType !== undefined && kubernetesVersion !== undefined && releaseVersion !== undefined;
      return isKnown ? [{ amiType, kubernetesVersion, releaseVersion }] : [];
    }),
  };
}
