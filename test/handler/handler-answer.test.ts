import { HandlerBench } from './handler-bench';
import { sentence } from '../../src/engine/messages/sentence';
import type { CustomResourceEvent } from '../../src/handler/custom-resource-event';
import { says } from '../../src/handler/messages';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await HandlerBench.start();
  bench.aws.eks.addCluster({ version: '1.36' });
});

afterEach(async () => {
  await bench.stop();
});

function request(addOns: object[], members: Partial<CustomResourceEvent> = {}) {
  return bench.event({
    RequestType: 'Create',
    ResourceType: 'Custom::EksAddOnVersions',
    ResourceProperties: { ClusterName: 'prod', KubernetesVersion: '1.36', AddOns: addOns },
    ...members,
  });
}

const ADD_ON = { Name: 'coredns', Policy: 'latest', Attribute: 'CoreDns' };

test('the answer goes by PUT to the signed URL, without a content type', async () => {
  await bench.serve(request([ADD_ON]));
  const [{ method, path, headers }] = bench.deliveries;
  expect({ method, path }).toEqual({ method: 'PUT', path: '/answer?X-Amz-Signature=a%2Fb%3D' });
  expect(headers['content-type']).toBeUndefined();
  expect(headers['content-length']).toBe(String(Buffer.byteLength(bench.deliveries[0].body)));
});

test('an answer that is refused is sent again', async () => {
  bench.refusals = 2;
  await bench.serve(request([ADD_ON]));
  expect(bench.deliveries).toHaveLength(3);
});

test('the physical id never changes', async () => {
  expect(await bench.serve(request([ADD_ON]))).toMatchObject({ PhysicalResourceId: 'Resource' });
  expect(await bench.serve(request([ADD_ON], { RequestType: 'Update', PhysicalResourceId: 'from-before' }))).toMatchObject({
    PhysicalResourceId: 'from-before',
  });
});

test('the log is JSON without the URL by which anybody could answer', async () => {
  await bench.serve(request([ADD_ON]));
  expect(bench.log).toContainEqual({
    message: 'Create of Resource (Custom::EksAddOnVersions)', request: expect.objectContaining({ RequestId: 'request-1' }),
  });
  expect(bench.log).toContainEqual({ message: 'answer: SUCCESS', answer: expect.objectContaining({ Status: 'SUCCESS' }) });
  expect(JSON.stringify(bench.log)).not.toContain('X-Amz-Signature');
});

test('the log has the names of values that only CloudFormation knows, and not the values: one may be a parameter without echo', async () => {
  const guard = (Token: string) => ({ ClusterName: 'prod', Judged: '1.36/0', Values: { Token } });
  await bench.serve({
    ...request([ADD_ON]),
    RequestType: 'Update',
    ResourceType: 'Custom::EksUpgradeGuard',
    PhysicalResourceId: 'Resource',
    ResourceProperties: guard('hush-hush'),
    OldResourceProperties: guard('hush-before'),
  } as never);
  expect(JSON.stringify(bench.log)).toContain('"Values":["Token"]');
  expect(JSON.stringify(bench.log)).not.toContain('hush');
});

test('fails without a call or an answer when the answer is wanted by somebody else', async () => {
  const ResponseURL = 'https://example.org/answer?X-Amz-Signature=secret';
  const failure = await bench.serve(request([ADD_ON], { ResponseURL })).catch((error) => error);
  expect(failure.message).toMatch(/example\.org.*us-west-2/);
  expect(failure.message).toBe(sentence(says.foreignAnswer({ host: 'example.org', region: 'us-west-2' })));
  expect(failure.message).not.toContain('secret');
  expect([bench.deliveries, bench.aws.requests, bench.log]).toEqual([[], [], []]);
});

test('fails without telling what refused the answer', async () => {
  bench.refusals = Infinity;
  const failure = await bench.serve(request([ADD_ON])).catch((error) => error);
  expect(failure.message).not.toContain('signed URL');
});

test('fails so that Lambda tries again when the answer cannot be delivered', async () => {
  bench.refusals = Infinity;
  await expect(bench.serve(request([ADD_ON]))).rejects.toThrow(sentence(says.answerRefused({ status: 503 })));
});

test('fails with a reason that CloudFormation can take, however much there is to say', async () => {
  const addOns = Array.from(
    { length: 60 }, (_, number) => ({ ...ADD_ON, Name: `größter-"unbekannter"-zusatz-${number}`, Attribute: `A${number}` }),
  );

  const { Status, Reason } = await bench.serve(request(addOns));

  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/größter-"unbekannter"-zusatz-0 .*…? \(log stream .* of \/handler\)$/);
  expect(Buffer.byteLength(bench.deliveries[0].body)).toBeLessThanOrEqual(4096);
  expect(Buffer.byteLength(bench.deliveries[0].body)).toBeGreaterThan(4090);
});

test.each([1700, 2500])('CloudFormation counts bytes, not characters: %d of two bytes each are cut where they no longer fit', async (many) => {
  const { Reason } = await bench.serve(request([{ ...ADD_ON, Name: 'ö'.repeat(many) }]));

  const bytes = Buffer.byteLength(bench.deliveries[0].body);
  const isWhole = Reason!.includes('ö'.repeat(many));
  expect(bytes).toBeLessThanOrEqual(4096);
  expect(isWhole).toBe(many === 1700);
  if (!isWhole) expect(bytes).toBeGreaterThanOrEqual(4095);
});

test('fails when there are more attributes than CloudFormation takes', async () => {
  const addOns = Array.from({ length: 100 }, (_, number) => ({ ...ADD_ON, Attribute: `VersionOfCoreDnsOfCluster${number}` }));
  expect(await bench.serve(request(addOns))).toMatchObject({
    Status: 'FAILED', Reason: expect.stringContaining(sentence(says.tooManyAttributes({ bytes: 4096 }))),
  });
});

test('fails for a type that it does not know', async () => {
  expect(await bench.serve(request([], { ResourceType: 'Custom::Other' })))
    .toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining("'Custom::Other'") });
  expect(bench.refused).toEqual([{
    reason: 'unknownResource',
    data: { type: 'Custom::Other', types: ['Custom::EksUpgradeGuard', 'Custom::EksAddOnVersions', 'Custom::EksBake'] },
  }]);
});

test('deletes even what it does not know', async () => {
  expect(await bench.serve(
    request([], { RequestType: 'Delete', PhysicalResourceId: 'x', ResourceType: 'Custom::Other' }),
  )).toMatchObject({ Status: 'SUCCESS' });
});
