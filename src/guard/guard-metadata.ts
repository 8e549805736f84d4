import { CfnElement, CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { whenRendered } from '../diagnostics/rendered-properties';
import { GuardMetadata, guardMetadataKey } from '../engine/change/guard-metadata';

/**
 * What the template tells a guard in its metadata. It is an element of the template, because metadata that the stack is given is
 * lost where the app gives it other metadata later, and is left empty where there is nothing to tell.
 */
export class GuardMetadataElement extends CfnElement {
  constructor(scope: Construct, id: string, private readonly guard: CfnResource, private readonly told: () => GuardMetadata) {
    super(scope, id);
  }

  /** The CDK calls it on every element. */
  public _toCloudFormation(): object {
    return {
      Metadata: whenRendered(() => {
        const told = this.told();
        const isEmpty = Object.values(told).every((value) => value === undefined);
        return isEmpty ? undefined : { [guardMetadataKey(this.stack.resolve(this.guard.logicalId))]: told };
      }),
    };
  }
}
