import { Lane } from './flow';
import { arrow, box, Element, picture, text } from '../pictures/svg';

const BOX = { width: 160, height: 84, gap: 26 };
const LANE = { height: 128, label: 22, margin: 20 };

/** Draws lanes below each other, and an arrow from each station to the next, across lanes as well. */
export function drawFlow(lanes: readonly Lane[]): string {
  return picture({
    width: LANE.margin * 2 + Math.max(...lanes.map(({ stations }) => stations.length)) * (BOX.width + BOX.gap) - BOX.gap,
    height: lanes.length * LANE.height + LANE.margin,
    label: lanes.map(({ name, stations }) => `${name}: ${stations.map(({ title, lines }) => [title, ...lines].join(' ')).join(', then ')}`).join('; '),
  }, [...lanes.flatMap(drawLane), ...arrows(lanes)]);
}

function drawLane({ name, stations }: Lane, lane: number): Element[] {
  return [
    text(LANE.margin, lane * LANE.height + LANE.label, name, 'quiet'),
    ...stations.map((station, index) => box({ ...station, ...BOX, ...placeOf(lane, index), kind: station.title === 'guard' ? 'good' : '' })),
  ];
}

function arrows(lanes: readonly Lane[]): Element[] {
  return lanes.flatMap(({ stations }, lane) => [
    ...stations.slice(1).map((_, index) => {
      const { x, y } = placeOf(lane, index);
      return arrow(`M${x + BOX.width} ${y + BOX.height / 2}h${BOX.gap - 2}`);
    }),
    ...lane === lanes.length - 1 ? [] : [downTo(lane, stations.length - 1)],
  ]);
}

/** From the last station of a lane to the first of the next. */
function downTo(lane: number, last: number): Element {
  const [from, to] = [placeOf(lane, last), placeOf(lane + 1, 0)];
  const between = from.y + BOX.height + (to.y - from.y - BOX.height) / 2 - 6;
  return arrow(`M${from.x + BOX.width / 2} ${from.y + BOX.height}V${between}H${to.x + BOX.width / 2 + 40}V${to.y - 2}`);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placeOf(lane: number, index: number): Place {
  return { x: LANE.margin + index * (BOX.width + BOX.gap), y: lane * LANE.height + LANE.label + 8 };
}
