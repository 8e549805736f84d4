import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  App, Aspects, CfnCondition, CfnResource, DefaultStackSynthesizer, Duration, LegacyStackSynthesizer, NestedStack, Stack, Stage, TagManager,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  AmiTracking, ClusterUpgrades, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradeGuard, UpgradeHandler, UpgradeHandlerOptions,
} from '../../src';
import { ASSETS_FOLDER } from '../../src/assets-folder';
import { makeHandlerLog } from '../../src/custom-resources/handler-log';
import { says } from '../../src/custom-resources/messages';
import { referencesIn } from '../../src/engine/change/template-references';
import { sentence } from '../../src/engine/messages/sentence';
import { ENV, newStack, NO_STAGING, ofType, Resources, resourcesOf, theOnly, upgradableCluster } from '../cluster/_fixtures';
import { clusterIn } from '../node-group/_fixtures';

/** The resources of the handler of a stack with a cluster. */
function handlerOf(options: (stack: Stack) => UpgradeHandlerOptions, stack = newStack()): Resources {
  UpgradeHandler.configure(stack, options(stack));
  upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni()] });
  return Object.fromEntries(
    Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => id.startsWith('CdkEksUpgradesHandler') || Type.startsWith('Custom::Eks')),
  );
}

/** CloudFormation refuses a template in which something waits for itself. */
function expectNoCircle(resources: Resources): void {
  const waitsFor = (id: string): string[] => [...new Set([
    ...[resources[id].DependsOn ?? []].flat() as string[],
    ...[...JSON.stringify(resources[id].Properties ?? {}).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)].map(([, other]) => other),
  ])].filter((other) => other in resources);
  const visit = (id: string, path: readonly string[], done: Set<string>): void => {
    expect(path).not.toContain(id);
    if (done.has(id)) return;
    waitsFor(id).forEach((other) => visit(other, [...path, id], done));
    done.add(id);
  };
  const done = new Set<string>();
  Object.keys(resources).forEach((id) => visit(id, [], done));
}

const theFunction = (resources: Resources) => theOnly(resources, 'AWS::Lambda::Function').Properties;

describe('the resources of the first release keep their logical IDs', () => {
  test.each([
    ['AWS::Lambda::Function', 'CdkEksUpgradesHandlerFunctionDE81DB7F'],
    ['AWS::IAM::Role', 'CdkEksUpgradesHandlerRoleF02E634E'],
    ['AWS::Logs::LogGroup', 'CdkEksUpgradesHandlerLogs5854EDAB'],
    ['AWS::IAM::Policy', 'CdkEksUpgradesHandlerStackClusterF0EB02FAAddOnVersionsPolicyD7A08766'],
  ])('%s', (type, logicalId) => {
    expect(theOnly(handlerOf(() => ({})), type).logicalId).toBe(logicalId);
  });
});

test('Aspects of the app reach the function and its log: by class, as something with tags, and by their properties', () => {
  const stack = newStack();
  upgradableCluster(stack);
  Aspects.of(stack).add({
    visit(node) {
      if (TagManager.isTaggable(node)) node.tags.setTag('cost-centre', '42');
      if (node instanceof lambda.CfnFunction) node.tracingConfig = { mode: 'Active' };
      if (node instanceof logs.CfnLogGroup) node.retentionInDays = 400;
    },
  });
  const resources = resourcesOf(stack);
  const Tags = [{ Key: 'cost-centre', Value: '42' }];
  expect(theFunction(resources)).toMatchObject({ Tags, TracingConfig: { Mode: 'Active' } });
  expect(theOnly(resources, 'AWS::Logs::LogGroup').Properties).toMatchObject({ Tags, RetentionInDays: 400 });
});

describe('permissions that name a cluster', () => {
  const WANTED = 'Wanted';

  /** What stands in the template without the condition, and refers to what has it: CloudFormation refuses it where the condition is false. */
  const refersToAbsent = (resources: Record<string, { readonly Condition?: string; readonly Properties?: unknown }>): string[] => {
    const conditional = Object.keys(resources).filter((id) => resources[id].Condition === WANTED);
    return Object.entries(resources)
      .filter(([, { Condition }]) => Condition !== WANTED)
      .filter(([, { Properties }]) => referencesIn(Properties).some((id) => conditional.includes(id)))
      .map(([id]) => id);
  };
  const conditionAll = (scope: Construct, stack: Stack) => {
    const condition = new CfnCondition(stack, WANTED);
    Aspects.of(scope).add({
      visit: (node) => {
        if (CfnResource.isCfnResource(node)) node.cfnOptions.condition = condition;
      },
    });
  };
  const OPTIONS = {
    managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.coreDns()],
    upgradeGuard: UpgradeGuard.enforce({ workloads: true }),
    controlPlaneBake: { duration: Duration.minutes(5) },
  };

  test('are there while an Aspect lets the cluster be there, as is all else of it', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, OPTIONS);
    cluster.addManagedNodeGroup('Workers', { releaseVersion: '1.36.2-20260714' }).baked({ duration: Duration.minutes(5) });
    conditionAll(cluster, stack);
    const resources = resourcesOf(stack);
    expect(refersToAbsent(resources)).toEqual([]);
    expect(resources).toHaveProperty('CdkEksUpgradesHandlerStackClusterF0EB02FAAddOnVersionsPolicyD7A08766.Condition', WANTED);
    expect(theOnly(resources, 'AWS::Lambda::Function')).not.toHaveProperty('Condition');
  });

  test('likewise beside a cluster of another construct', () => {
    const stack = newStack();
    const scope = new Construct(stack, 'Optional');
    const cluster = clusterIn(scope, '1.36');
    ClusterUpgrades.ofAwsEksV2(scope, 'Upgrades', { cluster, ...OPTIONS });
    conditionAll(scope, stack);
    expect(refersToAbsent(resourcesOf(stack))).toEqual([]);
  });

  test('follow the custom resource that needs them, not the cluster, and are always there by default', () => {
    const conditionOf = (decide: (resolver: CfnResource, condition: CfnCondition) => void) => {
      const stack = newStack();
      const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni()] });
      decide(cluster.node.findChild('AddOnVersions').node.defaultChild as CfnResource, new CfnCondition(stack, WANTED));
      return Object.values(ofType(resourcesOf(stack), 'AWS::IAM::Policy')).map((policy) => (policy as { Condition?: string }).Condition);
    };
    expect(conditionOf(() => undefined)).toEqual([undefined]);
    expect(conditionOf((resolver, condition) => { resolver.cfnOptions.condition = condition; })).toEqual([WANTED]);
    expect(conditionOf((resolver, { logicalId }) => resolver.addOverride('Condition', logicalId))).toEqual([WANTED]);
  });
});

describe('the log', () => {
  test('survives the rollback of the deployment that created it, whose refusal points to it', () => {
    expect(theOnly(handlerOf(() => ({})), 'AWS::Logs::LogGroup')).toMatchObject({
      DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { RetentionInDays: 30 },
    });
  });

  test('is kept as long as wanted', () => {
    const { Properties } = theOnly(handlerOf(() => ({ logRetention: logs.RetentionDays.ONE_YEAR })), 'AWS::Logs::LogGroup');
    expect(Properties).toEqual({ RetentionInDays: 365 });
  });

  test('is kept for ever without a number of days', () => {
    expect(theOnly(handlerOf(() => ({ logRetention: logs.RetentionDays.INFINITE })), 'AWS::Logs::LogGroup').Properties).toBeUndefined();
  });

  test('is encrypted with a key that CloudWatch Logs may use', () => {
    const stack = newStack();
    const logEncryptionKey = new kms.Key(stack, 'Key');
    const { Properties } = theOnly(handlerOf(() => ({ logEncryptionKey }), stack), 'AWS::Logs::LogGroup');
    expect(Properties.KmsKeyId).toEqual(stack.resolve(logEncryptionKey.keyArn));
    const statements = theOnly(resourcesOf(stack), 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    expect(statements).toContainEqual(expect.objectContaining({
      Principal: { Service: 'logs.us-west-2.amazonaws.com' }, Action: expect.arrayContaining(['kms:Encrypt*', 'kms:Decrypt*']),
    }));
  });

  test.each<[object, string]>([
    [{ env: ENV }, 'arn:{Ref AWS::Partition}:logs:us-west-2:111122223333:*'],
    [{}, 'arn:{Ref AWS::Partition}:logs:{Ref AWS::Region}:{Ref AWS::AccountId}:*'],
  ])('CloudWatch Logs may use the key for logs of the account and Region only: %j', (props, arn) => {
    const stack = new Stack(new App({ context: NO_STAGING }), 'Stack', props);
    makeHandlerLog(stack, 'Logs', { logEncryptionKey: new kms.Key(stack, 'Key') });
    const [, { Condition }]: any[] = theOnly(resourcesOf(stack), 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    const { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': [, parts] } } = Condition.ArnLike;
    expect(parts.map((part: any) => part.Ref ? `{Ref ${part.Ref}}` : part).join('')).toBe(arn);
  });

  test.each<[string | undefined, unknown]>([
    ['us-east-1', 'logs.us-east-1.amazonaws.com'],
    ['eu-central-1', 'logs.eu-central-1.amazonaws.com'],
    ['us-gov-west-1', 'logs.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'logs.cn-north-1.amazonaws.com.cn'],
    ['cn-northwest-1', 'logs.cn-northwest-1.amazonaws.com.cn'],
    ['us-iso-east-1', 'logs.us-iso-east-1.c2s.ic.gov'],
    ['xx-new-1', { 'Fn::Join': ['', ['logs.xx-new-1.', { Ref: 'AWS::URLSuffix' }]] }],
    [undefined, { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] }],
  ])('the key names CloudWatch Logs as %s does', (region, Service) => {
    const stack = new Stack(new App({ context: NO_STAGING }), 'Stack', region === undefined ? {} : { env: { ...ENV, region } });
    makeHandlerLog(stack, 'Logs', { logEncryptionKey: new kms.Key(stack, 'Key') });
    const statements: any[] = theOnly(resourcesOf(stack), 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    expect(statements.map(({ Principal }) => Principal)).toContainEqual({ Service });
  });
});

describe('in a VPC', () => {
  const vpcIn = (stack: Stack) => new ec2.Vpc(stack, 'HandlerVpc');

  /** What the function waits for, and what therefore stays until everything has gone that it serves. */
  const keptBy = (stack: Stack, options: UpgradeHandlerOptions, cluster: Parameters<typeof upgradableCluster>[1] = {}): string[] => {
    UpgradeHandler.configure(stack, options);
    upgradableCluster(stack, cluster);
    const resources = resourcesOf(stack);
    const { DependsOn = [], logicalId } = theOnly(resources, 'AWS::Lambda::Function');
    expect(theOnly(resources, 'Custom::EksUpgradeGuard').Properties.ServiceToken).toEqual({ 'Fn::GetAtt': [logicalId, 'Arn'] });
    expectNoCircle(resources);
    return [DependsOn].flat().map((id) => `${resources[id].Type} ${id}`).sort();
  };

  test('its way out stays until it has answered the deletion of the guard: the default routes of its subnets', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    expect(keptBy(stack, { vpc }, { vpc })).toEqual([
      ...[1, 2, 3].map((number) => expect.stringMatching(`^AWS::EC2::Route HandlerVpcPrivateSubnet${number}DefaultRoute`)),
      ...[1, 2, 3].map((number) => expect.stringMatching(`^AWS::EC2::SubnetRouteTableAssociation HandlerVpcPrivateSubnet${number}`)),
    ]);
  });

  test('only the routes of the subnets that were chosen, with a security group that a cluster of the same VPC lets in', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const vpcSubnets = { availabilityZones: [stack.availabilityZones[0]], subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
    expect(keptBy(stack, { vpc, vpcSubnets, securityGroups: [group] }, { vpc, securityGroup: group })).toEqual([
      expect.stringContaining('HandlerVpcPrivateSubnet1DefaultRoute'), expect.stringContaining('HandlerVpcPrivateSubnet1RouteTable'),
    ]);
  });

  describe.each([true, false])('with a security group that the cluster lets in, all outbound: %s,', (allowAllOutbound) => {
    /** Groups into which rules let the function, and groups out of which they let it, by the names of logical IDs. */
    const rulesIn = (stack: Stack) => {
      const resources = resourcesOf(stack);
      expectNoCircle(resources);
      const groupsOf = (type: string) => Object.values(resources).filter(({ Type }) => Type === type)
        .map(({ Properties }) => {
          expect(Properties).toMatchObject({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
          return Properties.GroupId['Fn::GetAtt'].join('.').replace(/[0-9A-F]{8}(?=\.)/, '');
        }).sort();
      return { ingress: groupsOf('AWS::EC2::SecurityGroupIngress'), egress: groupsOf('AWS::EC2::SecurityGroupEgress') };
    };
    const workloads = { upgradeGuard: UpgradeGuard.enforce({ workloads: true }) };
    const ofCluster = ['Cluster.ClusterSecurityGroupId', 'ClusterControlPlaneSecurityGroup.GroupId'];

    test('rules let it in to the Kubernetes API, and neither guard nor function waits for the cluster', () => {
      const stack = newStack();
      const vpc = vpcIn(stack);
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound });
      UpgradeHandler.configure(stack, { vpc, securityGroups: [group] });
      upgradableCluster(stack, { vpc, ...workloads }).connections.allowFrom(group, ec2.Port.tcp(443));
      expect(rulesIn(stack)).toEqual({ ingress: ofCluster, egress: allowAllOutbound ? [] : ['Group.GroupId', 'Group.GroupId'] });
    });

    test('a function in another stack gets in by a group in the stack of the cluster, and that does not wait for it', () => {
      const stack = newStack();
      const nodes = newStack({ app: stack.node.root as App, id: 'Nodes' });
      const vpc = vpcIn(stack);
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound });
      UpgradeHandler.configure(nodes, { vpc, securityGroups: [group] });
      const cluster = upgradableCluster(stack, { vpc, ...workloads });
      cluster.connections.allowFrom(group, ec2.Port.tcp(443));
      new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster, amiTracking: AmiTracking.pinned('1.36.2-20261104') });
      expect(theOnly(resourcesOf(nodes), 'AWS::Lambda::Function').Properties.VpcConfig.SecurityGroupIds).toHaveLength(1);
      expect(rulesIn(stack).ingress).toEqual(ofCluster);
      expect(rulesIn(nodes).ingress).toEqual([]);
      expect(nodes.dependencies).toContain(stack);
      expect(stack.dependencies).toEqual([]);
    });
  });

  describe('of isolated subnets', () => {
    const isolated = (stack: Stack, id = 'Own') => new ec2.Vpc(stack, id, {
      natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });

    /** The endpoints and rules for which the function waits, out of what somebody adds to a stack with a cluster. */
    const keptOf = (add: (stack: Stack, vpc: ec2.Vpc, cluster: ReturnType<typeof upgradableCluster>) => void): string[] => {
      const stack = newStack();
      const vpc = isolated(stack);
      UpgradeHandler.configure(stack, { vpc });
      add(stack, vpc, upgradableCluster(stack, { vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] }));
      return keptIn(stack);
    };
    const keptIn = (stack: Stack): string[] => {
      const resources = resourcesOf(stack);
      expectNoCircle(resources);
      return theOnly(resources, 'AWS::Lambda::Function').DependsOn!
        .filter((id) => /VPCEndpoint|SecurityGroup(In|E)gress/.test(resources[id].Type)).map((id) => id.slice(0, -8)).sort();
    };

    test('the gateway endpoints of S3 in that VPC, those that come after the function included', () => {
      expect(keptOf((stack, vpc, cluster) => {
        vpc.addGatewayEndpoint('Late', { service: ec2.GatewayVpcEndpointAwsService.S3 });
        vpc.addGatewayEndpoint('DynamoDb', { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB });
        const refers = new ec2.GatewayVpcEndpoint(stack, 'Refers', { vpc, service: ec2.GatewayVpcEndpointAwsService.S3 });
        refers.addToPolicy(new iam.PolicyStatement({
          actions: ['s3:*'],
          resources: ['*'],
          principals: [new iam.StarPrincipal()],
          conditions: { ArnEquals: { 'aws:PrincipalTag/cluster': cluster.clusterArn } },
        }));
        isolated(stack, 'Other').addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
      })).toEqual(['OwnLate']);
    });

    test('the interface endpoints of what the function asks, and no others', () => {
      const {
        S3, EKS, CLOUDFORMATION, EC2, SSM, STEP_FUNCTIONS, CLOUDWATCH_MONITORING, AUTOSCALING, ECR, KMS, SSM_MESSAGES,
      } = ec2.InterfaceVpcEndpointAwsService;
      const asked = { S3, EKS, CLOUDFORMATION, EC2, SSM, STEP_FUNCTIONS, CLOUDWATCH_MONITORING, AUTOSCALING };
      const services = { ...asked, fips: new ec2.InterfaceVpcEndpointAwsService('eks-fips'), ECR, KMS, SSM_MESSAGES };
      expect(keptOf((stack, vpc) => {
        Object.entries(services).forEach(([name, service]) => vpc.addInterfaceEndpoint(name.replace('_', ''), { service }));
        isolated(stack, 'Other').addInterfaceEndpoint('S3', { service: S3 });
      })).toEqual(['AUTOSCALING', 'CLOUDFORMATION', 'CLOUDWATCHMONITORING', 'EC2', 'EKS', 'S3', 'SSM', 'STEPFUNCTIONS', 'fips'].map((name) => `Own${name}`));
    });

    test('without what the CDK warns of as deprecated', () => {
      process.env.JSII_DEPRECATED = 'fail';
      try {
        expect(keptOf((_, vpc) => vpc.addInterfaceEndpoint('EKS', { service: ec2.InterfaceVpcEndpointAwsService.EKS }))).toEqual(['OwnEKS']);
      } finally {
        delete process.env.JSII_DEPRECATED;
      }
    });

    test('the rules of the security groups between, but not those that let the cluster in', () => {
      const stack = newStack();
      const vpc = isolated(stack);
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
      UpgradeHandler.configure(stack, { vpc, securityGroups: [group] });
      const cluster = upgradableCluster(stack, { vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
      const endpoint = new ec2.InterfaceVpcEndpoint(stack, 'S3', { vpc, service: ec2.InterfaceVpcEndpointAwsService.S3, open: false });
      [group, cluster.clusterSecurityGroup].forEach((peer) => endpoint.connections.allowDefaultPortFrom(peer));
      expect(keptIn(stack)).toEqual([
        expect.stringMatching(/^GrouptoStackS3SecurityGroup/), 'S3', expect.stringMatching(/^S3SecurityGroupfromStackGroup/),
      ]);
    });

    test('no endpoint that waits for the cluster, by its security groups or by itself', () => {
      expect(keptOf((stack, vpc, cluster) => {
        const group = new ec2.CfnSecurityGroup(stack, 'Group', {
          groupDescription: 'x',
          vpcId: vpc.vpcId,
          securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, sourceSecurityGroupId: cluster.clusterSecurityGroupId }],
        });
        new ec2.CfnVPCEndpoint(stack, 'ByGroup', {
          vpcId: vpc.vpcId, serviceName: 'com.amazonaws.us-west-2.s3', vpcEndpointType: 'Interface', securityGroupIds: [group.attrGroupId],
        });
        const byItself = new ec2.InterfaceVpcEndpoint(stack, 'ByItself', { vpc, service: ec2.InterfaceVpcEndpointAwsService.EKS });
        byItself.node.addDependency(cluster);
        vpc.addInterfaceEndpoint('Free', { service: ec2.InterfaceVpcEndpointAwsService.SSM });
      })).toEqual(['OwnFree']);
    });
  });

  test('of an imported VPC, nothing but the endpoints that the stack adds', () => {
    const attributes = { vpcId: 'vpc-1', availabilityZones: ['us-west-2a'], privateSubnetIds: ['subnet-1'] };
    const [plain, adding] = [newStack(), newStack()];
    expect(keptBy(plain, { vpc: ec2.Vpc.fromVpcAttributes(plain, 'Imported', attributes) })).toEqual([]);
    const vpc = ec2.Vpc.fromVpcAttributes(adding, 'Imported', { ...attributes, privateSubnetRouteTableIds: ['rtb-1'] });
    new ec2.GatewayVpcEndpoint(adding, 'S3', { vpc, service: ec2.GatewayVpcEndpointAwsService.S3 });
    expect(keptBy(adding, { vpc })).toEqual([expect.stringMatching(/^AWS::EC2::VPCEndpoint S3/)]);
  });

  test('of a VPC in another stack, nothing of this one: the stacks are in order already', () => {
    const stack = newStack();
    const other = newStack({ app: stack.node.root as App, id: 'Network' });
    expect(keptBy(stack, { vpc: vpcIn(other) })).toEqual([]);
    expect(stack.dependencies).toContain(other);
  });

  test('the function runs in private subnets, behind a security group of its own, with the permissions for it', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const resources = handlerOf(() => ({ vpc }), stack);
    const group = theOnly(resources, 'AWS::EC2::SecurityGroup').logicalId;
    expect(theFunction(resources).VpcConfig).toEqual({
      SubnetIds: vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
      SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
    });
    expect(JSON.stringify(theOnly(resources, 'AWS::IAM::Role').Properties.ManagedPolicyArns)).toContain('AWSLambdaVPCAccessExecutionRole');
  });

  test('subnets and security groups can be chosen', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];
    const resources = handlerOf(() => ({ vpc, vpcSubnets: { availabilityZones: [stack.availabilityZones[0]] }, securityGroups }), stack);
    expect(theFunction(resources).VpcConfig).toEqual({
      SubnetIds: [stack.resolve(vpc.privateSubnets[0].subnetId)], SecurityGroupIds: ['sg-1'],
    });
    expect(Object.keys(ofType(resources, 'AWS::EC2::SecurityGroup'))).toEqual([]);
  });

  test('fails with public subnets, from which a function reaches nothing', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    expect(() => handlerOf(() => ({ vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }), stack))
      .toThrow(`${sentence(says.publicSubnets({}))} [Stack/CdkEksUpgradesHandler/Function]`);
  });

  test('without it, there is no trace of one', () => {
    const resources = handlerOf(() => ({}));
    expect(theFunction(resources)).not.toHaveProperty('VpcConfig');
    expect(theOnly(resources, 'AWS::IAM::Role').Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});

test('invocations can be reserved', () => {
  expect(theFunction(handlerOf(() => ({ reservedConcurrentExecutions: 5 }))).ReservedConcurrentExecutions).toBe(5);
});

describe('a role that was made elsewhere', () => {
  test('gets what the handler needs, for which guard and resolver wait', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Audited', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const resources = handlerOf(() => ({ role }), stack);
    expect(theFunction(resources).Role).toEqual(stack.resolve(role.roleArn));
    expect(Object.keys(ofType(resources, 'AWS::IAM::Role'))).toEqual([]);
    const [shared] = Object.keys(ofType(resources, 'AWS::IAM::Policy')).filter((id) => id.startsWith('CdkEksUpgradesHandlerPolicy'));
    const { PolicyDocument, Roles } = resources[shared].Properties;
    expect(Roles).toEqual([stack.resolve(role.roleName)]);
    expect(JSON.stringify(PolicyDocument)).toMatch(/logs:PutLogEvents.*|eks:ListInsights/);
    expect(theOnly(resources, 'Custom::EksUpgradeGuard').DependsOn).toEqual([shared]);
    expect(theOnly(resources, 'Custom::EksAddOnVersions').DependsOn).toContain(shared);
  });

  test('is left alone when it is imported as immutable', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Audited', 'arn:aws:iam::111122223333:role/audited', { mutable: false });
    const resources = handlerOf(() => ({ role }), stack);
    expect(theFunction(resources).Role).toBe('arn:aws:iam::111122223333:role/audited');
    expect(Object.values(resources).map(({ Type }) => Type).sort()).toEqual(
      ['AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::EksAddOnVersions', 'Custom::EksUpgradeGuard']);
    expect(theOnly(resources, 'Custom::EksUpgradeGuard').DependsOn).toBeUndefined();
  });
});

describe('the options of a stack', () => {
  test('can be said twice, if they are the same', () => {
    const stack = newStack();
    UpgradeHandler.configure(stack, { logRetention: logs.RetentionDays.ONE_DAY });
    upgradableCluster(stack);
    UpgradeHandler.configure(stack.node.findChild('Cluster') as Stack, { logRetention: logs.RetentionDays.ONE_DAY });
    expect(theOnly(resourcesOf(stack), 'AWS::Logs::LogGroup').Properties.RetentionInDays).toBe(1);
  });

  test('fail when they differ', () => {
    const stack = newStack();
    UpgradeHandler.configure(stack, { logRetention: logs.RetentionDays.ONE_DAY });
    expect(() => UpgradeHandler.configure(stack, { logRetention: logs.RetentionDays.ONE_WEEK })).toThrow(`${sentence(says.configuredTooLate({ isTwice: true }))} [Stack]`);
  });

  test('fail when they come too late', () => {
    const stack = newStack();
    upgradableCluster(stack);
    expect(() => UpgradeHandler.configure(stack, {})).toThrow(`${sentence(says.configuredTooLate({ isTwice: false }))} [Stack]`);
  });

  test('are not those of another stack', () => {
    const stack = newStack();
    UpgradeHandler.configure(stack, { logRetention: logs.RetentionDays.ONE_DAY });
    const other = newStack({ app: stack.node.root as App, id: 'Other' });
    upgradableCluster(other);
    expect(theOnly(resourcesOf(other), 'AWS::Logs::LogGroup').Properties.RetentionInDays).toBe(30);
  });
});

describe('the code', () => {
  const location = (resources: Resources) => theFunction(resources).Code;

  test('is a file asset of the stack, wherever its synthesizer puts those', () => {
    const app = new App({ context: NO_STAGING });
    const stack = new Stack(app, 'Stack', {
      env: ENV, synthesizer: new DefaultStackSynthesizer({ fileAssetsBucketName: 'ours', bucketPrefix: 'code/' }),
    });
    const code = location(handlerOf(() => ({}), stack));
    expect(code).toEqual({ S3Bucket: 'ours', S3Key: expect.stringMatching(/^code\/[0-9a-f]{64}\.zip$/) });
    const { files } = JSON.parse(readFileSync(join(app.synth().directory, 'Stack.assets.json'), 'utf8'));
    const { source } = files[code.S3Key.replace(/^code\/|\.zip$/g, '')];
    expect(source.packaging).toBe('file');
    expect(source.path).toMatch(/assets\/handler\/cluster-upgrades\.zip$/);
  });

  test('is copied into the cloud assembly, once for all its stacks, those of stages included', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    [new Stack(app, 'One', { env: ENV }), new Stack(app, 'Two', { env: ENV }), new Stack(stage, 'Three', { env: ENV })].forEach(
      (stack) => upgradableCluster(stack),
    );
    const { directory } = app.synth();
    const manifests = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.assets.json'));
    expect(manifests).toHaveLength(3);
    const copies = manifests.map((manifest) => {
      const { files } = JSON.parse(readFileSync(join(directory, manifest), 'utf8'));
      const { path } = Object.values<{ source: { path: string } }>(files).map(({ source }) => source).find(
        (source) => source.path.includes('asset.'),
      )!;
      return join(directory, dirname(manifest), path);
    });
    expect(new Set(copies).size).toBe(1);
    expect(dirname(copies[0])).toBe(directory);
    expect(readFileSync(copies[0])).toEqual(readFileSync(join(ASSETS_FOLDER, 'handler/cluster-upgrades.zip')));
  });

  test('is a file asset of the parent of a nested stack', () => {
    const nested = new NestedStack(newStack(), 'Nested');
    upgradableCluster(nested);
    expect(JSON.stringify(location(resourcesOf(nested)))).toMatch(/cdk-hnb659fds-assets/);
  });

  test('works with the synthesizer of older apps', () => {
    const stack = new Stack(new App({ context: NO_STAGING }), 'Stack', { env: ENV, synthesizer: new LegacyStackSynthesizer() });
    expect(location(handlerOf(() => ({}), stack)).S3Bucket).toEqual({ Ref: expect.stringContaining('AssetParameters') });
  });
});

/**
 * What IAM counts: all inline policies of a role, without whitespace. @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const INLINE_LIMIT = 10_240;

/** Characters of all policies on the role of the handler, with expressions as long as they become. */
function sizeOfPolicies(resources: Resources): number {
  const role = Object.values(ofType(resources, 'AWS::IAM::Role')).find(({ Properties }) => Properties.Policies)!;
  const documents = [
    ...role.Properties.Policies, ...Object.values(ofType(resources, 'AWS::IAM::Policy')).map(({ Properties }) => Properties),
  ]
    .map(({ PolicyDocument }) => PolicyDocument);
  return documents.map((document) => JSON.stringify(rendered(document)).length).reduce((sum, size) => sum + size, 0);
}

function rendered(value: any): any {
  if (Array.isArray(value)) {
    return value.map(rendered);
  }
  if (typeof value !== 'object') {
    return value;
  }
  if (value['Fn::Join']) {
    return value['Fn::Join'][1].map(
      (part: any) => typeof part === 'string' ? part : 'x'.repeat(part.Ref === 'AWS::Partition' ? 6 : 100),
    ).join('');
  }
  return value.Ref || value['Fn::GetAtt'] ? 'x'.repeat(160) : Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, rendered(inner)]),
  );
}

test.each([
  ['with the longest names that EKS takes', (index: number) => `${index}`.padStart(100, 'n')],
  ['with names made up by CloudFormation', () => undefined],
])('ten clusters in one stack, %s, fit into the policies of one role', (_, nameOf) => {
  const stack = newStack();
  for (let index = 0; index < 10; index++) {
    upgradableCluster(stack, { id: `Cluster${index}`, clusterName: nameOf(index), managedAddOns: [ManagedAddOn.vpcCni()] });
  }
  expect(sizeOfPolicies(resourcesOf(stack))).toBeLessThan(INLINE_LIMIT);
});
