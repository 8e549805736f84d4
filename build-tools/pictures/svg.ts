import { escapeHtml } from '../../src/engine/state/untrusted-text';

/** What all pictures are made of. They have a ground of their own, which follows the reader's colour scheme. */
const STYLE = `
svg { --ink: #1f2328; --quiet: #59636e; --paper: #ffffff; --box: #f6f8fa; --line: #818b98; --good: #1a7f37; --bad: #cf222e; --move: #0969da; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #f0f6fc; --quiet: #9198a1; --paper: #0d1117; --box: #151b23; --line: #656c76; --good: #3fb950; --bad: #f85149; --move: #4493f8; }
}
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.middle { text-anchor: middle; } .title { font-weight: 600; } .quiet { fill: var(--quiet); } .code { font: 12px ui-monospace, monospace; }
.paper { fill: var(--paper); } .box { fill: var(--box); stroke: var(--line); } .arrow { fill: none; stroke: var(--line); }
.good { stroke: var(--good); } .bad { stroke: var(--bad); } .move { stroke: var(--move); } text.good, text.bad, text.move { stroke: none; }
text.good { fill: var(--good); } text.bad { fill: var(--bad); } text.move { fill: var(--move); } .tip { fill: var(--line); }`;

/** A part of a picture. */
export type Element = string;

/** Puts parts together, with the text that stands for the picture where it is not seen. */
export function picture(
  { width, height, label, style = '' }: { width: number; height: number; label: string; style?: string }, elements: readonly Element[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escapeHtml(label)}">`,
    `<style>${STYLE}${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...elements,
    '</svg>',
    '',
  ].join('\n');
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly lines?: readonly string[];
  /** Classes of the frame, such as `good`. */
  readonly kind?: string;
}

/** A frame with a title and lines below it. */
export function box({ x, y, width, height, title, lines = [], kind = '' }: Box): Element {
  const top = y + height / 2 - lines.length * 8 + 4.5;
  return [
    `<rect class="box ${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    text(x + width / 2, top, title, 'middle title'),
    ...lines.map((line, index) => text(x + width / 2, top + (index + 1) * 16, line, 'middle quiet')),
  ].join('\n');
}

/** A line of text; its baseline is at `y`. */
export function text(x: number, y: number, content: string, kind = ''): Element {
  return `<text class="${kind}" x="${x}" y="${y}">${escapeHtml(content)}</text>`;
}

/** A path with a tip at its end. */
export function arrow(d: string, kind = ''): Element {
  return `<path class="arrow ${kind}" d="${d}" marker-end="url(#tip)"/>`;
}
