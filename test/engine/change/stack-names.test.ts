import { stackNamesOf } from '../../../src/engine/change/stack-names';

const TEMPLATE = {
  Resources: {
    Subnet: { Type: 'AWS::EC2::Subnet' },
    New: { Type: 'AWS::EC2::Subnet' },
    Role: { Type: 'AWS::IAM::Role' },
    Named: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'another-name' } },
    ByParameter: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'Name' } } },
    Key: { Type: 'AWS::KMS::Key' },
  },
};
const HELD = { Subnet: 'subnet-a', Role: 'app-Role-1X', Named: 'the-name-before', ByParameter: 'nodes', Key: 'key-id', Leaving: 'subnet-b' };

test('of a template, what it refers to', () => {
  const { physicalIds, inArns } = stackNamesOf(TEMPLATE, HELD);
  expect(physicalIds).toEqual({
    Subnet: 'subnet-a', New: undefined, Role: 'app-Role-1X', Named: 'the-name-before', ByParameter: 'nodes', Key: 'key-id',
  });
  expect('New' in physicalIds).toBe(true); // it comes with the deployment
  expect('Leaving' in physicalIds).toBe(false);
  expect(inArns).toEqual({ Role: 'app-Role-1X', Named: 'another-name', ByParameter: 'nodes', Key: 'key-id' });
});

test('of no template, nothing', () => {
  expect(stackNamesOf({}, HELD)).toEqual({ physicalIds: {}, inArns: {} });
});
