import { Aspects, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';

/** The tags of an app are in the content of its launch templates as well: each new tag is a new version. */
describeDeployments('tags of a node group with a launch template', (cloud) => {
  let platform: Platform;

  const tagged = (team: string, templateVersion?: string): PlatformProps => ({
    version: '1.35',
    also: (stack, cluster) => {
      const template = new ec2.LaunchTemplate(stack, 'Template', { detailedMonitoring: true });
      cluster.addManagedNodeGroup('Own', {
        instanceTypes: [new ec2.InstanceType('m7i.large')],
        launchTemplateSpec: { id: template.launchTemplateId!, version: templateVersion ?? template.latestVersionNumber },
      });
      Tags.of(stack).add('team', team);
    },
  });

  const reasons = async () => (await cloud().stacks.steps(platform.stack)).flatMap(({ reason }) => reason ?? []).join(' | ');
  const own = async () => {
    const { tags, config } = await platform.nodeGroup('Own');
    return { team: tags?.team, template: config!.launchTemplate.version };
  };

  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), 'Tagged'); });
  afterEach(() => platform.dispose());

  test('are refused, and come in two deployments as the refusal says', async () => {
    expect(await platform.put(tagged('one'), { byChangeSet: true })).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await own()).toEqual({ team: 'one', template: '1' });

    expect((await platform.put(tagged('two'), { byChangeSet: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons()).toMatch(/\[node-group-combined-update:\w*Own\w*-\w+\].*launchTemplateSpec/);
    expect(await own()).toMatchObject({ team: 'one' });

    const { template } = await own();
    expect(await platform.put(tagged('two', template), { byChangeSet: true })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await own()).toEqual({ team: 'two', template });

    expect(await platform.put(tagged('two'), { byChangeSet: true })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await own()).toMatchObject({ team: 'two' });
    expect((await own()).template).not.toBe(template);
  });

  test('and Aspects have their say beside a rollout, which rolls the nodes of its group alone', async () => {
    const rolled = (rollout: string): PlatformProps => ({
      version: '1.35',
      also: (stack, cluster) => {
        const template = new ec2.LaunchTemplate(stack, 'Template', { requireImdsv2: false });
        cluster.addManagedNodeGroup('Own', {
          instanceTypes: [new ec2.InstanceType('m7i.large')],
          launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
          rollout,
        });
        Aspects.of(stack).add(new ec2.LaunchTemplateRequireImdsv2Aspect());
      },
    });
    const rolling = new Platform(cloud(), 'Rolled');
    expect(await rolling.put(rolled('ca-2026'), { byChangeSet: true })).toMatchObject({ status: 'CREATE_COMPLETE' });

    const deployed = await rolling.diffAndDeploy(rolled('ca-2028'));

    expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(deployed);
    expect(deployed.done.filter(({ type }) => type === 'AWS::EKS::Nodegroup').map(({ logicalId }) => logicalId))
      .toEqual([expect.stringContaining('Own')]);
    const [{ LaunchTemplateData: data }] = Object.values((await cloud().stacks.template('Rolled')).Resources)
      .filter(({ Type }) => Type === 'AWS::EC2::LaunchTemplate').map(({ Properties }) => Properties as any);
    expect(data.MetadataOptions).toEqual({ HttpTokens: 'required' });
    expect(JSON.stringify(data.TagSpecifications)).toContain('{"Key":"cdk-eks-upgrades:rollout","Value":"ca-2028"}');
    rolling.dispose();
  });
});
