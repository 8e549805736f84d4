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

/** A text as Markdown shows it: nothing in it formats, links, mentions or ends a cell of a table. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#|~@:<>&]/g, (character) => HTML.test(character) ? escapeHtml(character) : `\\${character}`);
}

/** A text as HTML shows it, between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
