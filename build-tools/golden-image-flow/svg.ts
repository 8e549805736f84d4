import { Lane, Station } from './flow';

const BOX = { width: 160, height: 84, gap: 26 };
const LANE = { height: 128, label: 22, margin: 16 };

/** Draws lanes below each other, and an arrow from each station to the next, across lanes as well. */
export function drawFlow(lanes: readonly Lane[]): string {
  const width = LANE.margin * 2 + Math.max(...lanes.map(({ stations }) => stations.length)) * (BOX.width + BOX.gap) - BOX.gap;
  const height = lanes.length * LANE.height + LANE.margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...lanes.flatMap(drawLane),
    ...arrows(lanes),
    '</svg>',
    '',
  ].join('\n');
}

function drawLane({ name, stations }: Lane, lane: number): string[] {
  return [
    `<text x="${LANE.margin}" y="${lane * LANE.height + LANE.label}" fill="#57606a">${escaped(name)}</text>`,
    ...stations.flatMap((station, index) => drawStation(station, placeOf(lane, index))),
  ];
}

function drawStation({ title, lines }: Station, { x, y }: Place): string[] {
  const middle = x + BOX.width / 2;
  const top = y + BOX.height / 2 - lines.length * 8 + 4;
  return [
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6" fill="#f6f8fa" stroke="#57606a"/>`,
    `<text x="${middle}" y="${top}" text-anchor="middle" font-weight="bold">${escaped(title)}</text>`,
    ...lines.map((line, index) => `<text x="${middle}" y="${top + (index + 1) * 16}" text-anchor="middle">${escaped(line)}</text>`),
  ];
}

function arrows(lanes: readonly Lane[]): string[] {
  return lanes.flatMap(({ stations }, lane) => [
    ...stations.slice(1).map((_, index) => {
      const { x, y } = placeOf(lane, index);
      return path(`M${x + BOX.width} ${y + BOX.height / 2}h${BOX.gap}`);
    }),
    ...lane === lanes.length - 1 ? [] : [downTo(lane, stations.length - 1)],
  ]);
}

/** From the last station of a lane to the first of the next. */
function downTo(lane: number, last: number): string {
  const [from, to] = [placeOf(lane, last), placeOf(lane + 1, 0)];
  const between = from.y + BOX.height + (to.y - from.y - BOX.height) / 2 - 6;
  return path(`M${from.x + BOX.width / 2} ${from.y + BOX.height}V${between}H${to.x + BOX.width / 2 + 40}V${to.y}`);
}

function path(d: string): string {
  return `<path d="${d}" fill="none" stroke="#57606a" marker-end="url(#tip)"/>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placeOf(lane: number, index: number): Place {
  return { x: LANE.margin + index * (BOX.width + BOX.gap), y: lane * LANE.height + LANE.label + 8 };
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
