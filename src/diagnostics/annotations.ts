import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const PREFIX = 'cdk-eks-upgrades';

/**
 * Warns about something that only the user can judge. Acknowledgeable with
 * `Annotations.of(scope).acknowledgeWarning('cdk-eks-upgrades:<id>')`.
 */
export function warn(scope: IConstruct, id: string, message: string): void {
  Annotations.of(scope).addWarningV2(`${PREFIX}:${id}`, message);
}

/** Tells something worth knowing that is not wrong. */
export function inform(scope: IConstruct, id: string, message: string): void {
  Annotations.of(scope).addInfoV2(`${PREFIX}:${id}`, message);
}

/**
 * Reports what the environment caused, such as a look-up that failed: the CDK CLI prints it and stops before a deployment.
 * Unlike an exception it lets the rest of the app say what is wrong with it in the same run.
 */
export function reportError(scope: IConstruct, id: string, message: string): void {
  Annotations.of(scope).addError(`${message} [${PREFIX}:${id}]`);
}
