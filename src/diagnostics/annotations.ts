import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Said } from '../engine/messages/message';
import { sentence } from '../engine/messages/sentence';

const PREFIX = 'cdk-eks-upgrades';

/**
 * What is said of a construct. Its ID is the name of the message; messages that share an ID have more after a colon, as in
 * `upgradePathIgnored:otherVersion`.
 */
export type Annotation = Pick<Said, 'reason' | 'message'> & Partial<Pick<Said, 'remedy'>>;

/**
 * Warns about something that only the user can judge. Acknowledgeable with
 * `Annotations.of(scope).acknowledgeWarning('cdk-eks-upgrades:<id>')`.
 */
export function warn(scope: IConstruct, said: Annotation): void {
  Annotations.of(scope).addWarningV2(idOf(said), textOf(said));
}

/** Tells something worth knowing that is not wrong. */
export function inform(scope: IConstruct, said: Annotation): void {
  Annotations.of(scope).addInfoV2(idOf(said), textOf(said));
}

/**
 * Reports what the environment caused, such as a look-up that failed: the CDK CLI prints it and stops before a deployment.
 * Unlike an exception it lets the rest of the app say what is wrong with it in the same run.
 */
export function reportError(scope: IConstruct, said: Annotation): void {
  Annotations.of(scope).addError(`${textOf(said)} [${idOf(said)}]`);
}

function idOf({ reason }: Annotation): string {
  return `${PREFIX}:${reason.split(':')[0]}`;
}

function textOf({ message, remedy = '' }: Annotation): string {
  return sentence({ message, remedy });
}
