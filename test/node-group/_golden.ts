import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { AmiFamily, GoldenImage, GoldenImageOptions, NodeLaunchOptions } from '../../src';

export const PARAMETER = '/golden/eks/1.36/al2023/x86_64/image_id';
export const IMAGE = 'ami-0123456789abcdef0';

/** All that a node has to be told of a cluster that is imported. */
export const JOIN: NodeLaunchOptions = {
  clusterEndpoint: 'https://api.example.com', clusterCertificateAuthority: 'Y2E=', serviceCidr: '10.100.0.0/16',
};

export function goldenImage(options: Partial<GoldenImageOptions> = {}, parameterName = PARAMETER): GoldenImage {
  return GoldenImage.fromParameter(parameterName, { family: AmiFamily.AMAZON_LINUX_2023, ...options });
}

/** The data of the only launch template in a stack. */
export function launchTemplateIn(stack: Stack): Record<string, any> {
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
  return resource.Properties.LaunchTemplateData;
}

/** The user data of the only launch template in a stack; what only the deployment knows stands as `<LogicalId.Attribute>`. */
export function userDataIn(stack: Stack): string {
  const { 'Fn::Base64': text } = launchTemplateIn(stack).UserData;
  if (typeof text === 'string') return text;
  const [separator, parts] = text['Fn::Join'];
  return parts.map(
    (part: any) => typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt']?.join('.') ?? Object.keys(part)}>`,
  ).join(separator);
}
