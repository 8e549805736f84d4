import { isResponseUrl } from '../../src/live/response-hosts';

const LOCAL = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

test.each([
  ['us-east-1', 'cloudformation-custom-resource-response-useast1.s3.amazonaws.com'],
  ['eu-west-1', 'cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com'],
  ['us-west-2', 'cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com'],
  ['us-west-2', 'cloudformation-custom-resource-response-uswest2.s3.dualstack.us-west-2.amazonaws.com'],
  ['us-gov-west-1', 'cloudformation-custom-resource-response-usgovwest1.s3-fips.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn'],
  ['us-iso-east-1', 'cloudformation-custom-resource-response-usisoeast1.s3.us-iso-east-1.c2s.ic.gov'],
  ['eusc-de-east-1', 'cloudformation-custom-resource-response-euscdeeast1.s3.eusc-de-east-1.amazonaws.eu'],
])('in %s, %s is CloudFormation\'s', (region, host) => {
  expect(isResponseUrl(`https://${host}/arn%3Aaws%3Acloudformation?X-Amz-Signature=a`, region, {})).toBe(true);
});

test.each([
  ['plain HTTP', 'http://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com/a'],
  ['the bucket of another Region', 'https://cloudformation-custom-resource-response-useast1.s3.us-west-2.amazonaws.com/a'],
  ['a bucket of somebody else', 'https://cloudformation-custom-resource-response-uswest2-evil.s3.us-west-2.amazonaws.com/a'],
  ['the bucket as a path', 'https://s3.us-west-2.amazonaws.com/cloudformation-custom-resource-response-uswest2/a'],
  ['the host of another partition', 'https://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com.cn/a'],
  ['a host that ends otherwise', 'https://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com.example.org/a'],
  ['a host that begins otherwise', 'https://evil.cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com/a'],
  ['the host as a user name', 'https://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com@example.org/a'],
  ['a dot that is none', 'https://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonawsxcom/a'],
])('fails for %s', (_, url) => {
  expect(isResponseUrl(url, 'us-west-2', {})).toBe(false);
  expect(isResponseUrl(url, 'us-west-2', LOCAL)).toBe(false);
});

describe('a stand-in on this machine', () => {
  test('is answered where every call of AWS goes to this machine', () => {
    expect(isResponseUrl('http://localhost:4566/answer', 'us-west-2', LOCAL)).toBe(true);
    expect(isResponseUrl('http://127.0.0.1:5000/answer', 'us-west-2', { AWS_ENDPOINT_URL: 'http://[::1]:80' })).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing is said of endpoints', {}],
    ['calls go to an endpoint elsewhere', { AWS_ENDPOINT_URL: 'https://vpce.example.org' }],
    ['only one service is here', { AWS_ENDPOINT_URL_EKS: 'http://127.0.0.1:4566' }],
    ['the endpoint is no URL', { AWS_ENDPOINT_URL: '127.0.0.1' }],
  ])('fails where %s', (_, environment) => {
    expect(isResponseUrl('http://127.0.0.1:4566/answer', 'us-west-2', environment)).toBe(false);
  });
});
