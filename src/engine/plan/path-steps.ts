import { BakeStep, describePlanStep, isExternal, PlanStep } from './plan-step';
import { PathStep } from './upgrade-path-file';
import { nodesVersionOf } from '../change/change';
import { nodeGroupNameOf } from '../change/deployment-intent';
import { WantedCluster } from '../judgement/wanted-cluster';
import { valuesOf } from '../state/known';
import { hasCustomAmi } from '../state/node-group-state';

/** What of a planned deployment a path needs. */
export interface DeploymentOnPath {
  readonly to: string;
  readonly steps: readonly (PlanStep | BakeStep)[];
}

/**
 * The steps of a cluster's path: the cluster as it is, then what each deployment that moves something makes of it. What only others move
 * is no step: the one after it tells of it.
 */
export function pathSteps(cluster: WantedCluster, deployments: readonly DeploymentOnPath[]): PathStep[] {
  const book = new Book(cluster);
  let ofOthers: readonly string[] = [];
  return [book.stepAt(cluster.state.version, []), ...deployments.flatMap(({ to, steps }) => {
    steps.forEach((step) => book.take(step));
    const does = [...ofOthers, ...steps.map(describePlanStep)];
    const isStep = !steps.every(isExternal);
    ofOthers = isStep ? [] : does;
    return isStep ? [book.stepAt(to, does)] : [];
  })];
}

/** Keeps the book of what a path has moved. */
class Book {
  private readonly nodes = new Map<string, string>();
  private readonly releases = new Map<string, string>();
  private readonly addOns = new Map<string, string>();
  /** Construct paths by name in EKS: of the app's own node groups, which alone it can move. */
  private readonly paths: ReadonlyMap<string, string>;

  constructor({ declaration, state: { nodeGroups }, deployed, catalog }: WantedCluster) {
    this.paths = new Map(declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, deployed), group.path]));
    for (const group of valuesOf(nodeGroups)) {
      const version = nodesVersionOf({ catalog }, group);
      // a release that the app pins may be of a minor that the nodes have left
      const release = hasCustomAmi(group) ? undefined : group.releaseVersion;
      if (version.known) this.moveNodes(group.name, version.value.toString(), release);
    }
  }

  take(step: PlanStep | BakeStep): void {
    switch (step.kind) {
      case 'node-group': return this.moveNodes(step.name, step.to, step.releaseVersion);
      case 'node-group-replacement': return this.forget(this.paths.get(step.name) ?? '');
      case 'add-on': return void (step.isPinned ? this.addOns.set(step.name, step.to) : this.addOns.delete(step.name));
    }
  }

  stepAt(version: string, does: readonly string[]): PathStep {
    return {
      does,
      version,
      nodesHeldAt: Object.fromEntries([...this.nodes].filter(([, minor]) => minor !== version)),
      releases: Object.fromEntries(this.releases),
      addOns: Object.fromEntries(this.addOns),
    };
  }

  private forget(path: string): void {
    this.nodes.delete(path);
    this.releases.delete(path);
  }

  private moveNodes(name: string, to: string, release?: string): void {
    const path = this.paths.get(name);
    if (path === undefined) return;
    this.nodes.set(path, to);
    if (release !== undefined) this.releases.set(path, release);
  }
}
