/**
 * Tells the demo's story on a terminal.
 */
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

const colours = process.stdout.isTTY && !process.env.NO_COLOR;

function styled(style: string, text: string): string {
  return colours ? `${style}${text}${RESET}` : text;
}

/** Opens a chapter. */
export function chapter(title: string): void {
  console.log(`\n${styled(BOLD, `── ${title} ${'─'.repeat(Math.max(3, 90 - title.length))}`)}\n`);
}

/** Says what happens, or what to see in it. */
export function say(text: string): void {
  console.log(text);
}

/** Shows what a program printed, indented; empty lines at both ends are left out. */
export function show(output: string): void {
  console.log(styled(DIM, output.replace(/^\n+|\s+$/g, '').replace(/^/gm, '    ')));
}
