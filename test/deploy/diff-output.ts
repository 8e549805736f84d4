/**
 * Reads what `cdk diff` prints of resources.
 */

/** A resource that will change. */
export interface DiffedChange {
  readonly action: 'create' | 'update' | 'replace' | 'delete';
  readonly logicalId: string;
  readonly type: string;
}

const ACTIONS = { '+': 'create', '~': 'update', '-': 'delete' } as const;

/** Such as `[~] AWS::EKS::Nodegroup Gpu Gpu06F3B4DF replace`: the construct path is there where one is known. */
const RESOURCE = /^\[([+~-])\] (\w+::\S+) (?:\S+ )??(\w+)(?: (replace|destroy|orphan|may be \w+))?$/;

/** Such as ` └─ [~] Version`. */
const MEMBER = /^ [├└]─ \[[+~-]\] (\w+)/;

/** What says something about a resource to CloudFormation, and changes nothing of it. */
const NO_PROPERTIES = ['DeletionPolicy', 'DependsOn', 'Metadata', 'UpdateReplacePolicy'];

/** The resources that a diff shows, sorted by logical ID; those of which only the order or a policy changes are left out. */
export function changesIn(output: string): DiffedChange[] {
  const found: { change: DiffedChange; members: string[] }[] = [];
  for (const line of output.split('\n')) {
    const [, sign, type, logicalId, consequence] = RESOURCE.exec(line.trimEnd()) ?? [];
    if (sign) {
      const action = consequence === 'replace' ? 'replace' : ACTIONS[sign as keyof typeof ACTIONS];
      found.push({ change: { action, logicalId, type }, members: [] });
    }
    const member = MEMBER.exec(line)?.[1];
    if (member) found.at(-1)?.members.push(member);
  }
  return found
    .filter(({ change, members }) => change.action !== 'update' || members.some((member) => !NO_PROPERTIES.includes(member)))
    .map(({ change }) => change)
    .sort((a, b) => a.logicalId.localeCompare(b.logicalId));
}
