import { Clock } from './clock';

test('what is due happens in order, at its time, also what follows from it', () => {
  const clock = new Clock(new Date('2026-07-01T00:00:00Z'));
  const seen: string[] = [];
  clock.after(20_000, (at) => seen.push(`second ${at.toISOString().slice(17, 19)}`));
  clock.after(10_000, (at) => {
    seen.push(`first ${at.toISOString().slice(17, 19)}`);
    clock.after(0, () => seen.push('later'));
  });

  clock.advance(5_000);
  expect(seen).toEqual([]);
  clock.advance(30_000);
  expect(seen).toEqual(['first 10', 'second 20', 'later']);
});

test('finishing brings it to the end of everything', () => {
  const clock = new Clock(new Date('2026-07-01'));
  const seen: string[] = [];
  clock.after(1_000, () => clock.after(86_400_000, () => seen.push('end')));

  clock.finish();

  expect(seen).toEqual(['end']);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(new Date('2026-07-02').getTime());
});
