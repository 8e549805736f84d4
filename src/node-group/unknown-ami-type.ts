import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { AmiTypeChoice } from './ami-type-choice';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';
import { EksAmiType } from '../engine/ami/eks-ami-type';

/** The CDK's own check of templates holds AMI types against a list of its time. */
const NOT_LISTED = 'CloudFormation-Validate::W3030';

/**
 * Lets the CDK's own check of templates say nothing of an AMI type that is newer than the CDK, for which `EksAmiType.of()` is: it
 * would warn at every synth, and `--strict` would fail.
 */
export function acknowledgeUnknownType(resource: CfnNodegroup, { amiType }: AmiTypeChoice): void {
  if (!amiType || EksAmiType._find(amiType.apiName)) return;
  acknowledgeRule(resource, NOT_LISTED, `${amiType} was given as a type that is newer than this version of the CDK`);
}
