import fc from 'fast-check';
import type { NodesIn } from './app-model';
import { edits, type Edit } from './edit';
import { faults, type Fault } from './fault';
import { isLasting } from './lasting-edit';

/** What happens between two deployments, and what goes wrong with the second. */
export interface Chapter {
  readonly edits: readonly Edit[];
  readonly fault: Fault;
  readonly daysPass: number;
  /** As the CDK's CLI deploys, unless told otherwise; else directly. */
  readonly byChangeSet: boolean;
  /** How many days after an upgrade that came through it is taken back, and then made again; undefined where it stays. */
  readonly backAfterDays?: number;
  /** Whether CloudFormation waits for nothing to be ready. */
  readonly express: boolean;
  /** What becomes of a deployment that fails: CloudFormation rolls back; or it stops there, and its user rolls back or deploys again. */
  readonly onFailure: 'rollback' | 'stop, then rollback' | 'stop, then deploy';
}

/** An app's beginning and what becomes of it. */
export interface Story {
  /** Whether EKS offers the kube-proxy of older minors for a newer control plane, which is not certain. */
  readonly olderKubeProxy: boolean;
  readonly start: {
    readonly version: string;
    readonly groups: number;
    readonly inOrder: boolean;
    readonly addOns: number;
    readonly nodesIn: NodesIn;
    /** Whether the guard is there from the first deployment on; else it comes with the second, whatever that changes. */
    readonly guarded: boolean;
    /**
     * Whether the app is one of the plain L2 first, which adopts this library with the second deployment, whatever that changes;
     * and how it updates.
     */
    readonly plain?: 'forced' | 'polite';
  };
  readonly chapters: readonly Chapter[];
  /** How many days after the {@link LAST_UPGRADE} it is taken back, and then made again; undefined where the history ends before it. */
  readonly backAfterDays?: number;
}

export const stories: fc.Arbitrary<Story> = fc.record({
  olderKubeProxy: fc.boolean(),
  start: fc.record({
    version: fc.constantFrom('1.33', '1.34', '1.35'),
    groups: fc.integer({ min: 1, max: 3 }),
    inOrder: fc.boolean(),
    addOns: fc.integer({ min: 0, max: 4 }),
    nodesIn: fc.constantFrom<NodesIn>('cluster stack', 'cluster stack', 'own stack', 'nested stack'),
    guarded: fc.constantFrom(true, true, true, false),
    plain: fc.constantFrom(undefined, undefined, undefined, undefined, 'forced' as const, 'polite' as const),
  }),
  chapters: fc.array(fc.record({
    edits: fc.array(edits, { minLength: 1, maxLength: 3 }),
    fault: faults,
    daysPass: fc.constantFrom(0, 0, 1, 3, 8),
    byChangeSet: fc.boolean(),
    backAfterDays: fc.constantFrom(undefined, 0, 2, 6, 8),
    express: fc.constantFrom(false, false, false, false, false, false, false, true),
    onFailure: fc.constantFrom('rollback', 'rollback', 'stop, then rollback', 'stop, then deploy'),
  }), { minLength: 2, maxLength: 6 }),
  backAfterDays: fc.constantFrom(0, 1, 3, 6),
});

/**
 * The same story as far as its laws have stood for long: nothing is taken back by the command, nothing changes that EKS keeps for
 * life, nothing of CloudFormation is denied to the functions, no stack is nested, and the app has been one of this library from the start.
 */
export function onwards({ backAfterDays: _, start, chapters, ...story }: Story): Story {
  return {
    ...story,
    start: { ...start, plain: undefined, nodesIn: start.nodesIn === 'nested stack' ? 'own stack' : start.nodesIn },
    chapters: chapters.map(({ backAfterDays: __, edits: all, fault, ...chapter }) => {
      const known = all.filter((edit) => !isLasting(edit));
      return {
        ...chapter,
        edits: known.length > 0 ? known : [{ do: 'refresh releases' }],
        fault: fault.fault === 'denied read' ? { fault: 'none' } : fault,
      };
    }),
  };
}

/** How a history ends: what has become of the app is upgraded once more. */
export const LAST_UPGRADE: Chapter = {
  edits: [{ do: 'set version', by: 1 }, { do: 'refresh releases' }],
  fault: { fault: 'none' },
  daysPass: 1,
  byChangeSet: true,
  express: false,
  onFailure: 'rollback',
};
