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
const RESOURCE = /^\[([+~-])\] (\w+::\S+) (?:\S+ )?(\w+)(?: (.+))?$/;

/** The resources that a diff shows, sorted by logical ID. */
export function changesIn(output: string): DiffedChange[] {
  return output.split('\n').flatMap((line) => {
    const [, sign, type, logicalId, consequence] = RESOURCE.exec(line.trim()) ?? [];
    return sign ? [{ action: consequence === 'replace' ? 'replace' as const : ACTIONS[sign as keyof typeof ACTIONS], logicalId, type }] : [];
  }).sort((a, b) => a.logicalId.localeCompare(b.logicalId));
}
