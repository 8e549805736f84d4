import { readSignals } from '../../src/live/signals';

afterEach(() => {
  jest.useRealTimers();
});

test('a calendar and alarms that do not answer are unknown after two minutes, each', async () => {
  jest.useFakeTimers();
  const silent = { send: async () => new Promise(() => undefined) } as never;
  const signals = readSignals({ cloudWatch: silent, ssm: silent }, { calendar: 'freeze', alarms: ['errors'] });
  await jest.advanceTimersByTimeAsync(120_000);
  expect(await signals).toEqual({
    calendar: { known: false, why: 'reading the calendar took longer than 120 seconds' },
    alarms: { known: false, why: 'reading the alarms took longer than 120 seconds' },
  });
});

test('one that answers counts, whatever becomes of the other', async () => {
  jest.useFakeTimers();
  const silent = { send: async () => new Promise(() => undefined) } as never;
  const open = { send: async () => ({ State: 'OPEN' }) } as never;
  const signals = readSignals({ cloudWatch: silent, ssm: open }, { calendar: 'freeze', alarms: ['errors'] });
  await jest.advanceTimersByTimeAsync(120_000);
  expect(await signals).toMatchObject({ calendar: { known: true, value: { isOpen: true } }, alarms: { known: false } });
});
