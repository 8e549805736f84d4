import { arrow, Element, picture, text } from './svg';
import { FOLDERS } from '../../projenrc/folders';
import { escapeHtml } from '../../src/engine/state/untrusted-text';

const BOX = { height: 34, gap: 36 };
const ROW = 78;
const WIDTH = 900;
const MARGIN = 20;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The folders of `src`, each above those that it imports; arrows where nothing lies between. */
export function folderMap(): string {
  const levels = levelsOf();
  const height = levels.length * ROW + 40;
  const places = new Map<string, Place>();
  levels.forEach(
    (folders, level) => placesIn(folders, height - (level + 1) * ROW, places).forEach(([folder, place]) => places.set(folder, place)),
  );
  const left = Math.min(...[...places.values()].map(({ x }) => x)) - MARGIN;
  places.forEach((place, folder) => places.set(folder, { ...place, x: place.x - left }));
  const width = Math.max(...[...places.values()].map((place) => place.x + place.width)) + MARGIN;
  const elements: Element[] = [
    text(MARGIN, 24, 'an arrow: imports; what is reached by other arrows is left out', 'quiet'),
    ...[...places].flatMap(([folder, place]) => directly(folder).map((below) => arrowBetween(place, places.get(below)!))),
    ...[...places].map(([folder, place]) => boxOf(folder, place)),
  ];
  return picture({
    width, height, label: `The folders of src: ${Object.keys(FOLDERS).join(', ')}; each imports only those below it`,
  }, elements);
}

/** The folders from the ground up: each stands above all that it imports. */
export function levelsOf(): string[][] {
  const levels: string[][] = [];
  const level = (folder: string): number => Math.max(-1, ...importsOf(folder).map(level)) + 1;
  Object.keys(FOLDERS).forEach((folder) => (levels[level(folder)] ??= []).push(folder));
  return levels;
}

/** What a folder imports that nothing else of its imports imports. */
export function directly(folder: string): string[] {
  const all = importsOf(folder);
  return all.filter((one) => !all.some((other) => reaches(other, one)));
}

function reaches(from: string, to: string): boolean {
  return importsOf(from).some((next) => next === to || reaches(next, to));
}

/** `assets-folder` is a file. */
function importsOf(folder: string): string[] {
  return FOLDERS[folder].mayImport.filter((name) => name in FOLDERS);
}

/** Each folder stands above the middle of what it imports, as far as there is room beside the others of its level. */
function placesIn(folders: readonly string[], y: number, below: ReadonlyMap<string, Place>): [string, Place][] {
  const wished = folders
    .map((folder) => ({
      folder, width: Math.round(folder.length * 7.4 + 28), centre: centreOf(directly(folder).map((name) => below.get(name)!)),
    }))
    .sort((one, other) => one.centre - other.centre);
  const total = wished.reduce((sum, { width }) => sum + width + BOX.gap, -BOX.gap);
  let [earliest, left] = [MARGIN, total];
  return wished.map(({ folder, width, centre }) => {
    const x = Math.round(Math.min(Math.max(centre - width / 2, earliest), WIDTH - MARGIN - left));
    left -= width + BOX.gap;
    earliest = x + width + BOX.gap;
    return [folder, { x, y, width }];
  });
}

function centreOf(places: readonly Place[]): number {
  return places.length === 0 ? WIDTH / 2 : places.reduce((sum, { x, width }) => sum + x + width / 2, 0) / places.length;
}

function boxOf(folder: string, { x, y, width }: Place): Element {
  const kind = folder.startsWith('engine/') ? 'move' : '';
  return `<g><title>${escapeHtml(FOLDERS[folder].holds)}</title><rect class="box ${kind}" x="${x}" y="${y}" width="${width}" height="${BOX.height}" rx="6"/>${
    text(x + width / 2, y + 22, folder, 'middle code')}</g>`;
}

function arrowBetween(from: Place, to: Place): Element {
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y + BOX.height, to.x + to.width / 2, to.y - 2];
  const bend = (y2 - y1) / 2;
  return arrow(`M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`);
}
