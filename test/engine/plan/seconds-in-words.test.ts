import { secondsInWords } from '../../../src/engine/plan/seconds-in-words';

test.each([
  [0, '0 seconds'], [1, '1 second'], [1.4, '1 second'], [90, '90 seconds'], [119, '119 seconds'], [120, '2 minutes'], [3600, '60 minutes'],
])('%p seconds are %s', (seconds, words) => {
  expect(secondsInWords(seconds)).toBe(words);
});
