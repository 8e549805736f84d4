import { AwsCallError } from '../../src/live/aws-call-error';
import { describeEach } from '../../src/live/describe-each';

/** What is asked, in order, of a service with some parts. */
function service(parts: readonly string[]) {
  const asked: string[] = [];
  return {
    asked,
    list: async () => {
      asked.push('list');
      await new Promise(setImmediate);
      return parts;
    },
    describe: async (name: string) => {
      asked.push(name);
      return parts.includes(name) ? name.toUpperCase() : undefined;
    },
  };
}

test('likely parts are described beside the list, the others after it, each once', async () => {
  const { asked, list, describe: one } = service(['a', 'b', 'c']);
  expect(await describeEach(list, one, ['b'])).toEqual({ read: ['A', 'B', 'C'], unread: [] });
  expect(asked).toEqual(['b', 'list', 'a', 'c']);
});

test('what is not listed is not there, however likely', async () => {
  const { list } = service(['a']);
  expect(await describeEach(list, async (name) => name.toUpperCase(), ['z'])).toEqual({ read: ['A'], unread: [] });
});

test('a likely part that comes while the list is made is asked for again', async () => {
  const parts: string[] = [];
  const { asked, list, describe: one } = service(parts);
  const listing = async () => {
    parts.push('new');
    return list();
  };
  const described = describeEach(async () => {
    await new Promise(setImmediate);
    return listing();
  }, one, ['new']);
  expect(await described).toEqual({ read: ['NEW'], unread: [] });
  expect(asked).toEqual(['new', 'list', 'new']);
});

test('a likely part that AWS does not describe is asked for once, and told of', async () => {
  const { asked, list } = service(['a', 'b']);
  const denied = async (name: string) => {
    asked.push(name);
    if (name === 'a') throw new AwsCallError('eks:DescribeNodegroup', Object.assign(new Error('denied'), { name: 'AccessDeniedException' }));
    return name;
  };
  expect(await describeEach(list, denied, ['a'])).toEqual({ read: ['b'], unread: [{ name: 'a', why: expect.stringContaining('not allowed') }] });
  expect(asked).toEqual(['a', 'list', 'b']);
});

test('a list that fails says so, whatever becomes of the likely parts', async () => {
  const failing = async () => {
    await new Promise(setImmediate);
    throw new Error('no list');
  };
  await expect(describeEach(failing, async () => Promise.reject(new Error('a fault')), ['a'])).rejects.toThrow('no list');
});

test('only so many likely parts are asked for at once', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `group-${index}`);
  const { asked, list, describe: one } = service(names);
  expect((await describeEach(list, one, names)).read).toHaveLength(30);
  expect(asked.indexOf('list')).toBe(8);
  expect(asked).toHaveLength(31);
});
