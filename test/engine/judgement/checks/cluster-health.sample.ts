import { upgrade } from '../sample';

export const sample = upgrade({
  healthIssues: [{ code: 'Ec2SubnetNotFound', message: 'The subnet was not found.', resourceIds: ['subnet-a'] }],
});
