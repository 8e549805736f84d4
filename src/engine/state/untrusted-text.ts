/**
 * What a text of the cluster (a user agent, the URI of a resource) must not do to the page or the terminal that shows it.
 *
 * Line breaks and tabs become spaces; all else that steers instead of being seen is left out: control characters, and the
 * invisible ones of Unicode that turn the direction of writing.
 */
export function withoutControlCharacters(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '');
}

const HTML = /[&<>"']/;

/** A space without width: it is in no name, number or address, so nothing after it belongs to what is before it. */
const BREAK = '&#8203;';

/**
 * A text as Markdown shows it: nothing in it formats, links, mentions, ends a line or a cell of a table.
 *
 * GitHub and GitLab look for mentions, references and addresses in the page that the Markdown has become, where a backslash is
 * gone. So these are broken up.
 *
 * @see https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/node_filter/mention_filter.rb
 * @see https://docs.gitlab.com/user/markdown/#gitlab-specific-references
 */
export function escapeMarkdown(text: string): string {
  return withoutControlCharacters(text).trim()
    .replace(/[\\`*_{}[\]()#|~@:<>&!$%^]/g, (character) => HTML.test(character) ? escapeHtml(character) : `\\${character}`)
    .replace(/^(?=[-+=])|(?<=^\d+)(?=\.(\s|$))/, BREAK) // where a line begins with it, a list, or the line below a title
    .replace(/\\[@#!$%~^]|&#38;|\\:(?=\/\/)|www(?=\.)|(?<![a-z0-9])(gh|ghsa|cve)(?=-)/gi, (sign) => sign + BREAK);
}

/** A text as HTML shows it, between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
