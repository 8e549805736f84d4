import { allKnown, known, notKnown } from '../../../src/engine/state/known';

test('several known values are known, in their order', () => {
  expect(allKnown([known(2), known(1)])).toEqual(known([2, 1]));
  expect(allKnown([])).toEqual(known([]));
});

test('one that is not known makes all of them not known, for the first reason', () => {
  expect(allKnown([known(1), notKnown('throttled'), notKnown('gone')])).toEqual(notKnown('throttled'));
});
