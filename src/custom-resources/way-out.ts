import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { neededBy, resourcesBeside } from './needed-resources';
import { UpgradeHandlerOptions } from './upgrade-handler-options';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { addDependency } from '../diagnostics/resource-dependencies';
import { referencesIn } from '../engine/change/template-references';

/** What the function asks, by the names of VPC endpoints; it answers to S3. */
const SERVICES = ['autoscaling', 'cloudformation', 'ec2', 'eks', 'monitoring', 's3', 'servicequotas', 'ssm', 'states'];

const IS_ENDPOINT_OF_SERVICE = new RegExp(`\\.(?:${SERVICES.join('|')})(?:-fips)?"?[\\]}]*$`);

/**
 * Lets a function wait for that by which it reaches AWS from its VPC: routes, and in the same stack VPC endpoints of what it
 * asks, with the rules of the security groups between. They have to be there before CloudFormation calls it, and until it has answered the
 * deletion of what it serves, else CloudFormation waits in vain, and the stack cannot be deleted.
 *
 * What waits for the function itself is left out, as an endpoint that refers to the cluster by its security groups or its policy.
 */
export function waitForWayOut(made: CfnResource, vpc: ec2.IVpc, { vpcSubnets }: Pick<UpgradeHandlerOptions, 'vpcSubnets'>): void {
  made.node.addDependency(vpc.selectSubnets(vpcSubnets).internetConnectivityEstablished);
  made.node.addValidation({
    validate: () => { // when the app is complete, and who waits for whom is settled
      waysOutOf(made, vpc).filter((one) => !neededBy(one).has(made)).forEach((one) => addDependency(made, one));
      return [];
    },
  });
}

function waysOutOf(made: CfnResource, vpc: ec2.IVpc): CfnResource[] {
  const resources = resourcesBeside(made);
  const endpoints = resources.filter((one) => one.cfnResourceType === 'AWS::EC2::VPCEndpoint' && isWayOut(one, vpc));
  const groups = [
    ...endpoints.map((one) => renderedProperties(one).SecurityGroupIds), renderedProperties(made).VpcConfig.SecurityGroupIds,
  ].flatMap(referencesIn);
  const rules = resources.filter((one) => ['AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress'].includes(one.cfnResourceType)
    && referencesIn(renderedProperties(one).GroupId).some((group) => groups.includes(group)));
  return [...endpoints, ...rules];
}

function isWayOut(endpoint: CfnResource, { vpcId }: ec2.IVpc): boolean {
  const { ServiceName, VpcId } = renderedProperties(endpoint);
  return isDeepStrictEqual(VpcId, Stack.of(endpoint).resolve(vpcId)) && IS_ENDPOINT_OF_SERVICE.test(JSON.stringify(ServiceName) ?? '');
}
