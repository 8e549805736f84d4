import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';
import { messages } from '../../../src/engine/messages/message';
import { fill, Value } from '../../../src/engine/messages/template';

test.each([
  ['a value', 'on {version}', { version: '1.36' }, 'on 1.36'],
  ['a value that knows how to be written', 'on {version}', { version: KubernetesMinor.parse('1.36') }, 'on 1.36'],
  ['a list', 'of {names}', { names: ['a', 'b'] }, 'of a, b'],
  ['a list with another separator', '{path, then}; {names and}', { path: ['1', '2'], names: ['a', 'b'] }, '1, then 2; a and b'],
  ['one', '{count: # node is|# nodes are} old', { count: 1 }, '1 node is old'],
  ['several', '{count: # node is|# nodes are} old', { count: 2 }, '2 nodes are old'],
  ['none', '{count: # node is|# nodes are} old', { count: 0 }, '0 nodes are old'],
  ['a list of one', '{names: group #|groups #}', { names: ['a'] }, 'group 1'],
  ['a choice', '{isAlone: it|they} {isAlone: goes|go}', { isAlone: true }, 'it goes'],
  ['the other choice', '{isAlone: it|they} {isAlone: goes|go}', { isAlone: false }, 'they go'],
  ['what may be absent, given', 'supported{end? until #}', { end: 'May' }, 'supported until May'],
  ['what may be absent, absent', 'supported{end? until #}', { end: undefined }, 'supported'],
  ['what may be absent, of a flag', 'rolled{isForced? by force}', { isForced: false }, 'rolled'],
  ['what may be absent, of a list', 'rolled{names?: #}', { names: ['a', 'b'] }, 'rolled: a, b'],
  ['what may be absent, of an empty list', 'rolled{names?: #}', { names: [] }, 'rolled'],
  ['braces of their own', "{ types: ['a'] } {name}", { name: 'x' }, "{ types: ['a'] } x"],
  ['values that look like placeholders or patterns', '{a} {b? #}', { a: '{b}', b: '$& #' }, '{b}  $& #'],
])('fills in %s', (_, template, values: Record<string, Value>, text) => {
  expect(fill(template, values)).toBe(text);
});

test('a message says its name, its values and its words', () => {
  const says = messages({
    ahead: { text: ['{nodes} nodes run {version},', 'newer than {target}{since? since #}'], remedy: 'roll {names} to {target}' },
  });
  expect(says.ahead({ nodes: 2, version: '1.37', target: KubernetesMinor.parse('1.36'), names: ['a', 'b'], since: undefined })).toEqual({
    reason: 'ahead',
    data: { nodes: 2, version: '1.37', target: '1.36', names: ['a', 'b'] },
    message: '2 nodes run 1.37, newer than 1.36',
    remedy: 'roll a, b to 1.36',
  });
  expect([says.ahead.text, says.ahead.remedy]).toEqual(['{nodes} nodes run {version}, newer than {target}{since? since #}', 'roll {names} to {target}']);
});

test('a value that a message names has to be given', () => {
  const says = messages({ old: { text: 'old by {days}{why?: #}', remedy: 'renew {what and}' } });
  // @ts-expect-error -- `what` is missing
  says.old({ days: 3 });
  expect(says.old({ days: 3, what: ['a'] }).message).toBe('old by 3');
});
