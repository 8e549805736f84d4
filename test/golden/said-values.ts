import { chapters, expectGolden } from './golden-file';
import { Message } from '../../src/engine/messages/message';
import { sentence } from '../../src/engine/messages/sentence';

/** A message, and the title under which its values are. */
export interface Titled {
  readonly title: string;
  readonly message: Message;
}

/** Expects that there are values for each message, that none is left over, and that each says all of its values and nothing else. */
function expectValuesOf(messages: readonly Titled[], values: Readonly<Record<string, object | undefined>>): void {
  expect(Object.keys(values).sort()).toEqual(messages.map(({ title }) => title).sort());
  for (const { title, message: { text, remedy } } of messages) {
    const placeholders = [...`${text} ${remedy}`.matchAll(/\{([A-Za-z]+)([^{}]*)\}/g)]
      .map(([, name, form]) => ({ name, mayLack: form.startsWith('?') }));
    const given = Object.keys(values[title]!);
    expect([title, given.filter((name) => !placeholders.some((placeholder) => placeholder.name === name))]).toEqual([title, []]);
    expect([title, placeholders.filter(({ name, mayLack }) => !mayLack && !given.includes(name))]).toEqual([title, []]);
  }
}

/** Tests that all that a face says is in its golden file, each message with its values. */
export function testGolden(
  face: string, name: string, messages: readonly Titled[], values: Readonly<Record<string, object | undefined>>,
): void {
  test(name, () => {
    expectGolden(face, chapters(messages.map(({ title, message }) => [title, sentence(message(values[title]!))])));
  });

  test('each message has its values, and says all of them', () => {
    expectValuesOf(messages, values);
  });
}
