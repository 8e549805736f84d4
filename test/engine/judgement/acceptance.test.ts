import { acceptsFindings } from '../../../src/engine/judgement/acceptance';

test.each([
  'free-addresses', 'free-addresses:unknown', 'node-group-health:workers', 'node-group-readable:workers:unknown',
  'insight-kubelet-version-skew',
])(
  '%s can accept findings', (id) => {
    expect(acceptsFindings(id)).toBe(true);
  },
);

test.each([
  'free-adresses', 'free-adresses:unknown', '', 'workers', 'node-group', 'insights-kubelet', 'Free-Addresses',
])('%s accepts nothing', (id) => {
  expect(acceptsFindings(id)).toBe(false);
});
