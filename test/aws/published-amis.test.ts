import { publishAmis } from './published-amis';
import { Ssm } from './ssm';

const OPTIMIZED = '/aws/service/eks/optimized-ami';
const BOTTLEROCKET = '/aws/service/bottlerocket';
const WINDOWS = '/aws/service/ami-windows-latest/Windows_Server';

const ssm = new Ssm();
publishAmis(ssm, { minors: ['1.28', '1.32', '1.36'], date: '2026-07-14' });

test.each([
  [`${OPTIMIZED}/1.36/amazon-linux-2023/arm64/nvidia/recommended/release_version`, /^1\.36\.2-20260714$/],
  [`${OPTIMIZED}/1.36/amazon-linux-2023/x86_64/neuron/recommended/image_id`, /^ami-[0-9a-f]{17}$/],
  [`${OPTIMIZED}/1.32/amazon-linux-2-gpu/recommended/release_version`, /^1\.32\.2-20260714$/],
  [`${BOTTLEROCKET}/aws-k8s-1.36-nvidia-fips/arm64/latest/image_version`, /^1\.50\.0-[0-9a-f]{8}$/],
  [`${BOTTLEROCKET}/aws-k8s-1.28-nvidia/x86_64/latest/image_id`, /^ami-[0-9a-f]{17}$/],
  [`${WINDOWS}-2025-English-Full-EKS_Optimized-1.36`, /"release_version":"1\.36-2026\.07\.14"/],
  [`${WINDOWS}-2019-English-Core-EKS_Optimized-1.28/image_id`, /^ami-[0-9a-f]{17}$/],
])('%s is published', (name, value) => {
  expect(ssm.valueOf(name)).toMatch(value);
});

test.each([
  `${OPTIMIZED}/1.36/amazon-linux-2/recommended/release_version`,
  `${OPTIMIZED}/1.36/amazon-linux-2023/arm64/neuron/recommended/release_version`,
  `${BOTTLEROCKET}/aws-k8s-1.28-fips/x86_64/latest/image_version`,
  `${WINDOWS}-2025-English-Core-EKS_Optimized-1.32`,
  `${WINDOWS}-2022-English-Core-EKS_Optimized-1.36/release_version`,
  `${OPTIMIZED}/1.35/amazon-linux-2023/x86_64/standard/recommended/release_version`,
])('fails to find %s, as at AWS', (name) => {
  expect(ssm.valueOf(name)).toBeUndefined();
});

test('a Bottlerocket version is the same for every minor, and another one next month', () => {
  const versionOf = (minor: string, store = ssm) => store.valueOf(`${BOTTLEROCKET}/aws-k8s-${minor}/x86_64/latest/image_version`);
  const nextMonth = new Ssm();
  publishAmis(nextMonth, { minors: ['1.36'], date: '2026-08-11' });

  expect(versionOf('1.28')).toBe(versionOf('1.36'));
  expect(versionOf('1.36', nextMonth)).not.toBe(versionOf('1.36'));
});
