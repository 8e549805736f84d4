import { CfnTemplate, Edit, ExampleApp, idsOf, lookedUp, runExample } from './_example-app';
import { changesBetween, hazardsIn, updatesIn } from './_template-changes';
import { NO_STAGING } from '../cluster/_fixtures';

const PARAMETER = '/golden/eks/1.36/al2023/x86_64/image_id';

const example = (context: Record<string, unknown> = {}, ...edits: Edit[]): ExampleApp =>
  runExample('golden-image', { edits, context: { ...NO_STAGING, ...context } });

function propertiesOf({ Resources }: CfnTemplate, type: string): Record<string, any> {
  return Object.values(Resources).find(({ Type }) => Type === type)!.Properties!;
}

const { Images: { template: images }, Platform: { template: platform } } = example().stacks;

test('the pipeline publishes the parameter that the node group reads', () => {
  expect(propertiesOf(images, 'AWS::ImageBuilder::DistributionConfiguration').Distributions).toEqual([{
    Region: 'us-west-2',
    AmiDistributionConfiguration: {
      Name: 'golden-eks-1-36-al2023-x86-64-{{ imagebuilder:buildDate }}', AmiTags: { KubernetesVersion: '1.36' },
    },
    SsmParameterConfigurations: [{ ParameterName: PARAMETER, DataType: 'aws:ec2:image' }],
  }]);
  expect(propertiesOf(images, 'AWS::ImageBuilder::ImageRecipe').ParentImage)
    .toBe('ssm:/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/image_id');
  expect(propertiesOf(images, 'AWS::IAM::Policy').PolicyDocument.Statement).toMatchObject([{ Action: 'ssm:PutParameter' }]);
});

test('the node group runs the image, and tells its nodes how to join', () => {
  const { LaunchTemplateData: data } = propertiesOf(platform, 'AWS::EC2::LaunchTemplate');

  expect(data).toMatchObject({ ImageId: 'ami-13600000020260714', BlockDeviceMappings: [{ Ebs: { Encrypted: true, VolumeSize: 80 } }] });
  expect(JSON.stringify(data.UserData)).toContain('172.20.0.0/16');
  expect(propertiesOf(platform, 'AWS::EKS::Nodegroup')).not.toHaveProperty('Version');
});

test('a refresh moves the image, and nothing is replaced', () => {
  const found = changesBetween(platform, example(lookedUp('2026-08-11')).stacks.Platform.template);

  expect(updatesIn(found).filter((update) => !/AddOn|Addon/.test(update)))
    .toEqual(['ClusterNodegroupWorkersLaunchTemplate: LaunchTemplateData', 'ClusterUpgradeGuard: Judged']);
  expect(hazardsIn(found)).toEqual([]);
});

test('the next minor is built from the AMI of that minor, into a parameter of its own, and replaces nothing of the cluster', () => {
  const next = example({}, { replace: 'V1_36', by: 'of(\'1.37\')' });

  expect(propertiesOf(next.stacks.Images.template, 'AWS::ImageBuilder::ImageRecipe').ParentImage).toContain('/optimized-ami/1.37/');
  expect(propertiesOf(next.stacks.Platform.template, 'AWS::EC2::LaunchTemplate').LaunchTemplateData.ImageId).toBe('ami-13700000020260714');
  expect(hazardsIn(changesBetween(platform, next.stacks.Platform.template))).toEqual([]);
  expect(idsOf(next.stacks.Platform.template, 'AWS::EKS::Nodegroup')).toEqual(idsOf(platform, 'AWS::EKS::Nodegroup'));
});
