import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { TemplateSyntaxError } from './template-syntax-error';
import { Template } from '../../engine/state/deployed-stack';

/**
 * The template of a stack: during an update the one that is wanted, in a rollback the one that it goes back to, otherwise what is deployed.
 *
 * Needs `cloudformation:GetTemplate` on the stack.
 *
 * @param stackId its ARN, or its name
 * @throws AwsCallError, TemplateSyntaxError
 * @see https://github.com/aws/aws-cdk/blob/main/docs/CLOUDFORMATION.md
 */
export async function readTemplate(cloudFormation: CloudFormationClient, stackId: string): Promise<Template> {
  const question = new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' });
  const { TemplateBody: body = '{}' } = await cloudFormation.send(question);
  const parse = body.trimStart().startsWith('{') ? JSON.parse : (await import('./yaml-template.js')).parseYamlTemplate; // the CDK writes JSON
  try {
    return parse(body);
  } catch (error) {
    throw new TemplateSyntaxError(error as Error);
  }
}
