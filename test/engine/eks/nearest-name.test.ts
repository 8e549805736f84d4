import * as fc from 'fast-check';
import { nearestName } from '../../../src/engine/eks/nearest-name';

const NAMES = ['vpc-cni', 'coredns', 'kube-proxy', 'aws-ebs-csi-driver', 'aws-efs-csi-driver', 'adot'];

test.each([
  ['core-dns', 'coredns'], ['CoreDNS', 'coredns'], ['kubeproxy', 'kube-proxy'], ['vpccnii', 'vpc-cni'], [
    'ebs-csi-driver', 'aws-ebs-csi-driver',
  ],
  ['amazon-vpc-cni', 'vpc-cni'], ['csi-driver', 'aws-ebs-csi-driver'],
])('%s is meant to be %s', (name, meant) => {
  expect(nearestName(name, NAMES)).toBe(meant);
});

test.each(['unheard-of', 'cni', ''])('nothing is near %j', (name) => {
  expect(nearestName(name, NAMES)).toBeUndefined();
});

test('a name that exists is the nearest to itself, and up to two changed letters lead to it', () => {
  fc.assert(fc.property(fc.constantFrom(...NAMES.filter((name) => name !== 'adot')), fc.nat(), fc.nat(), (name, first, second) => {
    const letters = [...name];
    letters[first % letters.length] = '0';
    letters[second % letters.length] = '0';
    expect(nearestName(name, NAMES)).toBe(name);
    const plain = (text: string) => text.replaceAll('-', '');
    fc.pre(plain(letters.join('')).length === plain(name).length && !/csi/.test(name)); // two of these differ by one letter
    expect(nearestName(letters.join(''), NAMES)).toBe(name);
  }));
});
