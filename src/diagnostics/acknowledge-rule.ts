import { IConstruct } from 'constructs';

/** `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`, which older versions of the CDK lack. */
const ACKNOWLEDGED_RULES_METADATA_KEY = 'aws:cdk:acknowledged-rules';

/**
 * Writes down, where cdk-nag and the CDK's own check of templates look for it, why a rule does not apply to a construct.
 *
 * As plain metadata: `Validations.acknowledge()` refuses the IDs of cdk-nag's granular rules in older versions of the CDK.
 *
 * @param ruleId such as `CloudFormation-Validate::W3030`, `AwsSolutions-L1`, or `AwsSolutions-IAM5[Resource::*]` for one finding
 * of a granular rule
 * @see https://github.com/cdklabs/cdk-nag/blob/main/README.md
 */
export function acknowledgeRule(construct: IConstruct, ruleId: string, reason: string): void {
  construct.node.addMetadata(ACKNOWLEDGED_RULES_METADATA_KEY, { [ruleId]: reason });
}
