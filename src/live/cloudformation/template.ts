import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parseTemplate } from './parse-template';
import { Template } from '../../engine/state/deployed-stack';

/**
 * The template of a stack: during an update the one that is wanted, in a rollback the one that it goes back to, otherwise what is deployed.
 *
 * Needs `cloudformation:GetTemplate` on the stack.
 *
 * @param stackId its ARN, or its name
 * @throws AwsCallError
 * @see https://github.com/aws/aws-cdk/blob/main/docs/CLOUDFORMATION.md
 */
export async function readTemplate(cloudFormation: CloudFormationClient, stackId: string): Promise<Template> {
  const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' }));
  return parseTemplate(TemplateBody);
}
