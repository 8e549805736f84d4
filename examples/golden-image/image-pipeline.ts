import { Stack, StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as imagebuilder from 'aws-cdk-lib/aws-imagebuilder';
import { Construct } from 'constructs';

/** What an image is built from, and where its ID goes. */
export interface ImagePipelineProps extends StackProps {
  /** Such as `1.36`. */
  readonly kubernetesVersion: string;
  /** The SSM parameter that shall hold the ID of the newest image. */
  readonly parameterName: string;
}

/** What is done to the image of AWS: yours goes here. */
const HARDENING = `
name: Hardening
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Harden
        action: ExecuteBash
        inputs:
          commands:
            - dnf install --assumeyes audit
            - echo 'kernel.kptr_restrict = 2' > /etc/sysctl.d/60-hardening.conf
  - name: test
    steps:
      - name: StillJoins
        action: ExecuteBash
        inputs:
          commands:
            - test -x /usr/bin/nodeadm
`;

/** Bakes an image once a week, out of the newest that AWS publishes for a Kubernetes minor, and publishes its ID in an SSM parameter. */
export class ImagePipelineStack extends Stack {
  constructor(scope: Construct, id: string, { kubernetesVersion, parameterName, ...props }: ImagePipelineProps) {
    super(scope, id, props);
    const name = `golden-eks-${kubernetesVersion.replace('.', '-')}-al2023-x86-64`;

    const hardening = new imagebuilder.CfnComponent(this, 'Hardening', {
      name: `${name}-hardening`, platform: 'Linux', version: '1.0.0', data: HARDENING,
    });
    const recipe = new imagebuilder.CfnImageRecipe(this, 'Recipe', {
      name,
      version: '1.0.0', // a changed recipe needs a new one
      parentImage: `ssm:/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/x86_64/standard/recommended/image_id`,
      components: [{ componentArn: hardening.attrArn }],
    });

    const role = new iam.Role(this, 'BuildRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonSSMManagedInstanceCore', 'EC2InstanceProfileForImageBuilder'].map(
        (policy) => iam.ManagedPolicy.fromAwsManagedPolicyName(policy),
      ),
    });
    const infrastructure = new imagebuilder.CfnInfrastructureConfiguration(this, 'Infrastructure', {
      name,
      instanceProfileName: new iam.InstanceProfile(this, 'BuildProfile', { role }).instanceProfileName,
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
    });

    const distribution = new imagebuilder.CfnDistributionConfiguration(this, 'Distribution', {
      name,
      distributions: [{
        region: this.region,
        amiDistributionConfiguration: {
          Name: `${name}-{{ imagebuilder:buildDate }}`,
          AmiTags: { KubernetesVersion: kubernetesVersion }, // the guard holds it against the cluster's version
        },
        ssmParameterConfigurations: [{ parameterName, dataType: 'aws:ec2:image' }],
      }],
    });

    const execution = new iam.Role(this, 'ExecutionRole', {
      assumedBy: new iam.ServicePrincipal('imagebuilder.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('EC2ImageBuilderExecutionPolicy')],
    });
    execution.addToPolicy(new iam.PolicyStatement({
      actions: ['ssm:PutParameter'],
      resources: [this.formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.replace(/^\//, '') })],
    }));

    const pipeline = new imagebuilder.CfnImagePipeline(this, 'Pipeline', {
      name,
      imageRecipeArn: recipe.attrArn,
      infrastructureConfigurationArn: infrastructure.attrArn,
      distributionConfigurationArn: distribution.attrArn,
      executionRole: execution.roleArn,
      schedule: {
        scheduleExpression: 'cron(0 4 ? * mon *)',
        pipelineExecutionStartCondition: 'EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE', // only when AWS has published something new
      },
    });
    pipeline.node.addDependency(execution);
  }
}
