import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
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
  const question = new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' });
  const { TemplateBody: body = '{}' } = await cloudFormation.send(question);
  if (body.trimStart().startsWith('{')) return JSON.parse(body);
  const { parseYamlTemplate } = await import('./yaml-template.js'); // seldom needed: the CDK writes JSON
  return parseYamlTemplate(body);
}
