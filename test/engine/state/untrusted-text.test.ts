import { escapeHtml, escapeMarkdown, withoutControlCharacters } from '../../../src/engine/state/untrusted-text';

test('control characters, and those that turn the direction of writing, are left out', () => {
  expect(withoutControlCharacters('\u001b[31mkubectl\u0000/\u202ev1.25\u200b\u009b')).toBe('[31mkubectl/v1.25');
});

test('line breaks and tabs become spaces', () => {
  expect(withoutControlCharacters('helm\r\n::error::\tgone\u2028now')).toBe('helm ::error:: gone now');
});

test('what people read stays', () => {
  const text = '1.34 → 1.35 … Größe 日本語 👾';
  expect(withoutControlCharacters(text)).toBe(text);
});

test('in Markdown, nothing formats, links, mentions or ends a cell', () => {
  expect(escapeMarkdown('a|b [x](y) *c* `d` <img> @team')).toBe('a\\|b \\[x\\]\\(y\\) \\*c\\* \\`d\\` &#60;img&#62; \\@team');
});

test('in HTML, nothing opens a tag, an entity or ends an attribute', () => {
  expect(escapeHtml('<a href="x">&\'')).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#39;');
});
