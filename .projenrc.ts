import { awscdk, javascript } from 'projen';

const AWS_SDK_CLIENTS = ['@aws-sdk/client-cloudformation', '@aws-sdk/client-ec2', '@aws-sdk/client-eks', '@aws-sdk/client-ssm'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-eks-upgrades',
  description: 'Keeps Amazon EKS current with the AWS CDK: node AMIs, add-ons and Kubernetes versions move on purpose, in order and reviewed',
  keywords: ['aws', 'cdk', 'awscdk', 'eks', 'kubernetes', 'ami', 'upgrade', 'nodegroup'],
  author: 'cdk-eks-upgrades authors',
  authorAddress: 'cdk-eks-upgrades@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-eks-upgrades/cdk-eks-upgrades.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-eks-upgrades authors',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  sampleCode: false,
  gitignore: ['cdk.out/', '.DS_Store'],

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: '2.268.0', // the first with the generated resources in `aws-eks-v2`, and warm pools and rollback timeouts in them
  constructsVersion: '10.5.0',
  bumpPackage: 'commit-and-tag-version@^12',
  compressAssembly: true,
  typecheckTests: true,
  peerDependencyOptions: { pinnedDevDependency: false }, // developed against the newest; `npx projen test:lowest` proves the oldest
  devDeps: [...AWS_SDK_CLIENTS, 'aws-cdk-lib@2.276.0', 'constructs@10.5.1', '@types/node@^20', 'fast-check', 'aws-sdk-client-mock', 'cdk-nag', 'tsx', 'aws-cdk@^2.1148.1', 'esbuild'],

  lambdaOptions: {
    runtime: awscdk.LambdaRuntime.NODEJS_22_X,
    awsSdkConnectionReuse: false,
    bundlingOptions: { externals: [], sourcemap: true },
  },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      randomize: true,
      testTimeout: 30_000,
      collectCoverageFrom: ['src/**/*.ts'],
    },
  },

  publishToPypi: { distName: 'cdk-eks-upgrades', module: 'cdk_eks_upgrades' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-eks-upgrades',
    mavenArtifactId: 'cdk-eks-upgrades',
    javaPackage: 'io.github.cdkeksupgrades',
  },
  publishToNuget: { packageId: 'CdkEksUpgrades', dotNetNamespace: 'CdkEksUpgrades' },
  publishToGo: { moduleName: 'github.com/cdk-eks-upgrades/cdk-eks-upgrades-go', packageName: 'cdkeksupgrades' },
});

project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.eslint?.allowDevDeps('src/live/**');
project.eslint?.allowDevDeps('src/cli/**');
project.eslint?.allowDevDeps('src/plugin/**');

project.synth();
