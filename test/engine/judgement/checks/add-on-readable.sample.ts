import { upgrade } from '../sample';

export const sample = upgrade({ unreadAddOns: [{ name: 'aws-ebs-csi-driver', why: 'not allowed to call eks:DescribeAddon' }] });
