import { CustomResourceEvent } from './custom-resource-event';
import { BakeProperties } from './resource-properties';

/** What CloudFormation waits for an answer to. */
export type BakeRequest = Omit<CustomResourceEvent<BakeProperties>, 'OldResourceProperties'>;

/** Input of an execution. */
export interface BakeInput {
  readonly Request: BakeRequest;
}

/** With what the state machine invokes the handler at the end of a bake. */
export interface BakeEnded {
  readonly BakeEnded: {
    readonly Request: BakeRequest;
    /** When the bake began, in ISO 8601. */
    readonly StartedAt: string;
    /** What ended it, in clauses; empty when all stayed well. */
    readonly Problems: readonly string[];
  };
}
