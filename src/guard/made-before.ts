import { CfnResource } from 'aws-cdk-lib';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { UPGRADE_GUARD_TYPE } from '../engine/change/resource-properties';
import { referencesIn } from '../engine/change/template-references';
import { ADD_ON_VERSIONS_TYPE, CLUSTER_TYPES, NESTED_STACK_TYPE, PART_TYPES } from '../engine/state/deployed-stack';

/** Which resources of a stack are made before all of its clusters: a guard may wait for these, and for no other. */
export class MadeBefore {
  private readonly answers = new Map<string, boolean>();

  constructor(private readonly resources: ReadonlyMap<string, CfnResource>) {}

  before(logicalId: string): boolean {
    const known = this.answers.get(logicalId);
    if (known !== undefined) return known;
    const resource = this.resources.get(logicalId);
    this.answers.set(logicalId, false); // until the opposite is shown, for those that refer to each other
    const answer = resource !== undefined && !NEVER_BEFORE.includes(resource.cfnResourceType)
      && this.needsOf(resource).every((id) => this.before(id));
    this.answers.set(logicalId, answer);
    return answer;
  }

  private needsOf(resource: CfnResource): string[] {
    const named = referencesIn(renderedProperties(resource)).filter((id) => this.resources.has(id));
    return [
      ...named, ...resource.obtainDependencies().map((needed) => resource.stack.resolve((needed as CfnResource).logicalId) as string),
    ];
  }
}

/** What waits for guards, and what holds something that may. */
const NEVER_BEFORE = [...CLUSTER_TYPES, ...PART_TYPES, ADD_ON_VERSIONS_TYPE, UPGRADE_GUARD_TYPE, NESTED_STACK_TYPE];
