import { upgrade } from '../sample';

export const sample = upgrade({ unreadNodeGroups: [{ name: 'gpu', why: 'not allowed to call eks:DescribeNodegroup' }] });
