import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeClusterCommand, EKSClient, UpdateClusterVersionCommand } from '@aws-sdk/client-eks';
import { GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LocalAws } from './aws-server';

const NAME = '/platform/eks/1.36/workers';

let aws: LocalAws;

beforeAll(async () => {
  aws = await LocalAws.start();
});

afterAll(async () => aws.stop());

beforeEach(async () => {
  await aws.clearFaults();
  aws.ssm.remove(NAME);
  aws.clearRequests();
});

/** Asks once: retries are for the tests about them. */
async function getParameter(name = NAME, maxAttempts = 1) {
  const client = new SSMClient({ ...aws.clientConfig('ssm'), maxAttempts });
  const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
  return Parameter;
}

describe('the parameter store', () => {
  test('answers with what was put, and counts its versions', async () => {
    aws.ssm.put(NAME, '1.36.1-20260601');
    aws.ssm.put(NAME, '1.36.2-20260714');

    expect(await getParameter()).toMatchObject({
      Name: NAME,
      Value: '1.36.2-20260714',
      Version: 2,
      ARN: `arn:aws:ssm:us-west-2:111122223333:parameter${NAME}`,
      LastModifiedDate: expect.any(Date),
    });
  });

  test('knows which of several names are invalid', async () => {
    aws.ssm.put(NAME, 'value');
    const client = new SSMClient(aws.clientConfig('ssm'));

    const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: [NAME, '/missing'] }));

    expect(Parameters!.map(({ Name }) => Name)).toEqual([NAME]);
    expect(InvalidParameters).toEqual(['/missing']);
  });

  test('fails for a parameter that was withdrawn', async () => {
    aws.ssm.put(NAME, 'value');
    aws.ssm.remove(NAME);

    await expect(getParameter()).rejects.toMatchObject({ name: 'ParameterNotFound', $metadata: { httpStatusCode: 400 } });
  });

  test('fails for an action that it does not have', async () => {
    const client = new SSMClient(aws.clientConfig('ssm'));

    await expect(client.send(new PutParameterCommand({ Name: NAME, Value: 'value' }))).rejects
      .toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining("'PutParameter'") });
  });
});

describe('requests', () => {
  test('are recorded in order, failed ones too', async () => {
    await expect(getParameter('/first')).rejects.toThrow();
    aws.fail({ service: 'ssm', fault: 'accessDenied' });
    await expect(getParameter('/second')).rejects.toThrow();

    expect(aws.requests).toEqual([
      { service: 'ssm', action: 'GetParameter', input: { Name: '/first' } },
      { service: 'ssm', action: 'GetParameter', input: { Name: '/second' } },
    ]);
  });

  test('to services that the stand-in lacks fail, and are recorded', async () => {
    const client = new EC2Client({ ...aws.clientConfig('ssm'), endpoint: aws.environment.AWS_ENDPOINT_URL });

    await expect(client.send(new DescribeSubnetsCommand({}))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    expect(aws.requests).toEqual([{ service: 'ec2', action: 'POST /', input: {} }]);
  });

  test('that would change something are told apart, refused ones too', async () => {
    const client = new EKSClient({ ...aws.clientConfig('eks'), maxAttempts: 1 });
    const update = client.send(new UpdateClusterVersionCommand({ name: 'nothing', version: '1.36' }));
    await expect(update).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new DescribeClusterCommand({ name: 'nothing' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(getParameter()).rejects.toThrow();

    expect(aws.mutatingCalls()).toMatchObject([
      { service: 'eks', action: 'UpdateClusterVersion', input: { name: 'nothing', version: '1.36' } },
    ]);
  });

  test('are forgotten on demand', async () => {
    await expect(getParameter()).rejects.toThrow();
    aws.clearRequests();

    expect(aws.requests).toEqual([]);
  });
});

describe('faults', () => {
  beforeEach(() => aws.ssm.put(NAME, 'value'));

  test.each([
    [
      'accessDenied', 'AccessDeniedException', 400,
      `not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-west-2:111122223333:parameter${NAME}`,
    ],
    ['throttled', 'ThrottlingException', 400, 'Rate exceeded'],
    ['serverError', 'InternalServerError', 500, 'An internal error occurred'],
  ] as const)('%s fails as AWS does', async (fault, name, httpStatusCode, message) => {
    aws.fail({ service: 'ssm', fault });

    await expect(getParameter()).rejects.toMatchObject({ name, message: expect.stringContaining(message), $metadata: { httpStatusCode } });
  });

  test('malformed fails with an answer that is not from AWS', async () => {
    aws.fail({ service: 'ssm', fault: 'malformed' });

    await expect(getParameter()).rejects.toThrow('is not valid JSON');
  });

  test('connectionRefused fails before a request is made, until faults are cleared', async () => {
    aws.fail({ service: 'ssm', fault: 'connectionRefused' });
    await expect(getParameter()).rejects.toThrow('ECONNREFUSED');
    expect(aws.requests).toEqual([]);

    await aws.clearFaults();
    expect(await getParameter()).toMatchObject({ Value: 'value' });
  });

  test('slow answers correctly, but late', async () => {
    aws.fail({ service: 'ssm', fault: 'slow', delayMillis: 200 });
    const start = performance.now();

    expect(await getParameter()).toMatchObject({ Value: 'value' });
    expect(performance.now() - start).toBeGreaterThan(190);
  });

  test('a passing one is survived by retrying', async () => {
    aws.fail({ service: 'ssm', fault: 'throttled', times: 1 });

    expect(await getParameter(NAME, 2)).toMatchObject({ Value: 'value' });
    expect(aws.requests).toHaveLength(2);
  });

  test('hit only the parameter, action and service that they name', async () => {
    aws.fail({ service: 'ssm', fault: 'accessDenied', parameter: '/other' });
    aws.fail({ service: 'ssm', fault: 'accessDenied', action: 'GetParameters' });
    aws.fail({ service: 'sts', fault: 'accessDenied' });

    expect(await getParameter()).toMatchObject({ Value: 'value' });
  });
});
