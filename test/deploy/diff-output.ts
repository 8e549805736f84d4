/**
 * Reads what `cdk diff` prints of resources.
 */

/** A resource that will change. */
export interface DiffedChange {
  readonly action: 'create' | 'update' | 'replace' | 'delete';
  readonly logicalId: string;
  readonly type: string;

  /** Whether CloudFormation can say only later what the new values will be, so that they may be the old ones. */
  readonly isKnownLater?: true;
}

const ACTIONS = { '+': 'create', '~': 'update', '-': 'delete' } as const;

/** Such as `[~] AWS::EKS::Nodegroup Gpu Gpu06F3B4DF replace`: the construct path is there where one is known. */
const RESOURCE = /^\[([+~-])\] (\w+::\S+) (?:\S+ )??(\w+)(?: (replace|destroy|orphan|may be \w+))?$/;

/** Such as ` └─ [~] Version`. */
const MEMBER = /^ [├└]─ \[[+~-]\] (\w+)/;

/** Such as `     └─ [+] 1.36`: a new value, or a line of one. */
const NEW_VALUE = /^ [│ ]\s+.*\[\+\] (.*)/;

const KNOWN_LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** What says something about a resource to CloudFormation, and changes nothing of it. */
const NO_PROPERTIES = ['DeletionPolicy', 'DependsOn', 'Metadata', 'UpdateReplacePolicy'];

/** The resources that a diff shows, sorted by logical ID; those of which only the order or a policy changes are left out. */
export function changesIn(output: string): DiffedChange[] {
  const found: { change: DiffedChange; members: { name: string; values: string[] }[] }[] = [];
  for (const line of output.split('\n')) {
    const [, sign, type, logicalId, consequence] = RESOURCE.exec(line.trimEnd()) ?? [];
    if (sign) {
      const action = consequence === 'replace' ? 'replace' : ACTIONS[sign as keyof typeof ACTIONS];
      found.push({ change: { action, logicalId, type }, members: [] });
    }
    const name = MEMBER.exec(line)?.[1];
    if (name) found.at(-1)?.members.push({ name, values: [] });
    const value = NEW_VALUE.exec(line)?.[1];
    if (value !== undefined) found.at(-1)?.members.at(-1)?.values.push(value);
  }
  return found
    .map(({ change, members }) => ({ change, members: members.filter(({ name }) => !NO_PROPERTIES.includes(name)) }))
    .filter(({ change, members }) => change.action !== 'update' || members.length > 0)
    .map(({ change, members }): DiffedChange => change.action === 'update' && members.every(isKnownLater) ? {
      ...change, isKnownLater: true,
    } : change)
    .sort((a, b) => a.logicalId.localeCompare(b.logicalId));
}

function isKnownLater({ values }: { readonly values: readonly string[] }): boolean {
  return values.length > 0 && values.every((value) => value.includes(KNOWN_LATER));
}
