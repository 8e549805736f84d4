import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
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

describe('in Markdown', () => {
  const linking = [
    'ask @team', '(@some/team)', '\\@team', 'someone@example.com', 'owner/repo@0123abc', '#12', 'repo#12', 'GH-7', 'gh-7', '_GH-7',
    'GHSA-9pph-4f2v-j3m2', 'CVE-2024-1234', 'www.evil.example', 'WWW.evil.example', '_www.evil.example', 'https://evil.example/a',
    'see HTTP://evil.example', 'ftp://evil.example', 'mailto:a@evil.example', '!12', '$12', '%12', '~12', '&12', '*~"a label"',
  ];
  const formatting = [
    '[x](y)', '![x](y)', '*c*', '_c_', '`d`', '~~e~~', '<img src=x>', '<!-- f', '&lt;', '- g', '+ g', '1. g', '1.', '1) g', '# h', '> i', '---', '===', '```',
    '    code', 'a  ', 'a\\', '|', '[j]: k', '[^1]', 'l\n\n# m', 'n\r\n- o', '\u2028p',
  ];
  let pages: ReadonlyMap<string, string>;
  beforeAll(() => {
    const texts = [...linking, ...formatting];
    const rendered = render(texts.map(escapeMarkdown));
    pages = new Map(texts.map((text, index) => [text, rendered[index]]));
  });

  test.each(linking)('%s mentions and links nothing', (text) => {
    const html = pages.get(text)!;
    expect(textOf(html)).toBe(text);
    expect(shown(html)).toBe('<p></p>');
    expect(linkedAfterwards(html)).toEqual([]);
  });

  test.each(formatting)('%j formats nothing', (text) => {
    const html = pages.get(text)!;
    expect(textOf(html)).toBe(text.replace(/\s+/g, ' ').trim());
    expect(shown(html)).toBe('<p></p>');
  });

  test('any text is read as it is, and becomes nothing else', () => {
    const signs = [...'@#!$%~^&*_`\\|[](){}<>:/.-+=1aw"\' \n', 'www.', 'http://', 'GH-', '@team', '#12', '<!--', '&#64;', '\t'];
    const texts = fc.sample(fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 14 }).map((parts) => parts.join('')), 3000)
      .filter((text) => text.trim() !== '');
    const wrong = render(texts.map(escapeMarkdown)).map((html, index) => ({ html, text: texts[index] })).filter(({ html, text }) =>
      textOf(html) !== text.replace(/\s+/g, ' ').trim() || shown(html) !== '<p></p>' || linkedAfterwards(html).length > 0);
    expect(wrong).toEqual([]);
  });

  test('a cell of a table ends where it should', () => {
    const [html] = render([`| a | b |\n|---|---|\n| ${escapeMarkdown('1 | 2\n3 \\| 4 \\')} | c |`]);
    expect(html.match(/<td>.*?<\/td>/g)?.map(textOf)).toEqual(['1 | 2 3 \\| 4 \\', 'c']);
  });

  test('what people write stays as it is', () => {
    expect(escapeMarkdown('1.36.2-20260714')).toBe('1.36.2-20260714');
    expect(escapeMarkdown('high-1, v1.35.2-eksbuild.3, AL2023 → 1.36')).toBe('high-1, v1.35.2-eksbuild.3, AL2023 → 1.36');
  });
});

/** What Markdown in the manner of GitHub makes of each text. */
function render(texts: readonly string[]): string[] {
  const script = `
    import { marked } from 'marked';
    import { readFileSync } from 'node:fs';
    console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map((text) => marked.parse(text, { gfm: true }).trim())));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', input: JSON.stringify(texts) }));
}

/** The page without its texts. */
function shown(html: string): string {
  return html.replace(/(?<=>)[^<]+(?=<)/g, '');
}

/** What the reader sees. */
function textOf(html: string): string {
  return decoded(html).replaceAll('\u200b', '').replace(/\s+/g, ' ').trim();
}

function decoded(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/**
 * What GitHub and GitLab would make links of in the page that the Markdown has become.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 * @see https://docs.gitlab.com/user/markdown/#gitlab-specific-references
 */
function linkedAfterwards(html: string): string[] {
  return [
    /@[a-z0-9]/i, /#\d/, /(?<![a-z0-9])GH-\d/i, /(?<![a-z0-9])(GHSA|CVE)-\w/i, // names, issues, advisories
    /www\.[^\s]/i, /[a-z]:\/\/\S/i, // addresses
    /[!$%&^]\d/, /~[\w"]/, /\$[^\s\u200b].*\$/, // of GitLab: merge requests, snippets, milestones, epics, alerts, labels; mathematics
  ].flatMap((pattern) => decoded(html).match(pattern)?.[0] ?? []);
}

test('in HTML, nothing opens a tag, an entity or ends an attribute', () => {
  expect(escapeHtml('<a href="x">&\'')).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#39;');
});
