import { upgrade } from '../sample';

export const sample = upgrade({}, {
  version: '1.36', unreadStacks: [{ stack: 'Prod', why: 'not allowed to call cloudformation:DescribeStacks (with an explicit deny in a service control policy)' }],
});
