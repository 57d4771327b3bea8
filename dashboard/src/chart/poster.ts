import type { Chart, Entry } from '../api/types';
import { barsOf } from './bars';
import { numberOneSentence, places } from './movement';
import { count } from './numbers';
import { periodWords } from './period';

// A printed sheet is always ink on paper, whatever the theme of the page.
const INK = '#15160f';
const INK_2 = '#47493f';
const PAPER = '#f5f6f3';
const BAR = '#d2d4ca';
const BAR_END = '#5a5d52';
const YELLOW = '#ffd91a';
const GREEN = '#0b6b3c';
const RED = '#b3261e';
const BLUE = '#1b4bc4';

const WIDTH = 1200;
const MARGIN = 56;
const TOP = 176;
const FIRST = 168;
const ROW = 64;
const SONG = MARGIN + 132;
const FIGURES = 150;
const SPAN = WIDTH - MARGIN - FIGURES - SONG;

/** The chart as a picture of 1200 pixels' width, twice as fine for print. Fails when the browser has no canvas. */
export async function drawPoster(chart: Chart): Promise<Blob> {
  await document.fonts.ready;
  const rows = Math.max(chart.entries.length - 1, 0);
  const height = TOP + FIRST + rows * ROW + 84;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * 2;
  canvas.height = height * 2;
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('Cannot draw the PNG: the browser has no 2D canvas');
  ctx.scale(2, 2);
  ctx.fillStyle = PAPER;
  ctx.fillRect(0, 0, WIDTH, height);
  drawHead(ctx, chart);
  chart.entries.forEach((entry, i) => {
    if (i === 0) drawFirst(ctx, chart, entry);
    else drawRow(ctx, entry, TOP + FIRST + (i - 1) * ROW, barsOf(chart).max);
  });
  drawFoot(ctx, chart, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('Cannot draw the PNG: no data'))),
      'image/png',
    );
  });
}

function drawHead(ctx: CanvasRenderingContext2D, chart: Chart): void {
  const period = periodWords(chart.granularity, Date.parse(chart.period_start));
  write(ctx, chart.region_name, MARGIN, 96, { size: 64, weight: 850, width: WIDTH - 2 * MARGIN });
  write(ctx, `Top ${chart.entries.length} of the ${chart.granularity}, ${period} UTC`, MARGIN, 136, {
    size: 22,
    weight: 500,
    colour: INK_2,
  });
  ctx.fillStyle = INK;
  ctx.fillRect(MARGIN, TOP - 14, WIDTH - 2 * MARGIN, 4);
}

function drawFirst(ctx: CanvasRenderingContext2D, chart: Chart, entry: Entry): void {
  const height = FIRST - 8;
  ctx.fillStyle = INK;
  ctx.fillRect(MARGIN, TOP, SONG - MARGIN, height);
  ctx.fillRect(SONG, TOP, SPAN, height);
  ctx.fillStyle = YELLOW;
  ctx.fillRect(SONG, TOP, SPAN - 3, height);
  write(ctx, '1', (MARGIN + SONG) / 2, TOP + 138, {
    size: 160,
    weight: 850,
    colour: YELLOW,
    align: 'center',
  });
  write(ctx, titleOf(entry), SONG + 20, TOP + 74, { size: 52, weight: 800, width: SPAN - 44 });
  write(ctx, artistOf(entry), SONG + 20, TOP + 112, { size: 22, weight: 500, width: SPAN - 44 });
  write(ctx, numberOneSentence(chart), SONG + 20, TOP + 142, { size: 17, weight: 650 });
  write(ctx, count(entry.plays), WIDTH - MARGIN, TOP + 92, { size: 34, weight: 800, align: 'right' });
}

function drawRow(ctx: CanvasRenderingContext2D, entry: Entry, top: number, max: number): void {
  const bar = max === 0 ? 0 : (SPAN * entry.plays) / max;
  const height = ROW - 10;
  ctx.fillStyle = BAR;
  ctx.fillRect(SONG, top, bar, height);
  ctx.fillStyle = BAR_END;
  ctx.fillRect(SONG + bar - 3, top + height - 6, 3, 6);
  write(ctx, `${entry.rank}${entry.tied ? '=' : ''}`, MARGIN, top + 39, { size: 34, weight: 750 });
  drawMovement(ctx, entry, MARGIN + 68, top + 27);
  write(ctx, titleOf(entry), SONG + 14, top + 26, { size: 22, weight: 650, width: SPAN - 24 });
  write(ctx, artistOf(entry), SONG + 14, top + 46, {
    size: 16,
    weight: 400,
    colour: INK_2,
    width: SPAN - 24,
  });
  write(ctx, count(entry.plays), WIDTH - MARGIN, top + 36, { size: 24, weight: 750, align: 'right' });
}

/** The same marks as on the page: a triangle and how far, a dash, NEW or RE. */
function drawMovement(ctx: CanvasRenderingContext2D, entry: Entry, x: number, middle: number): void {
  const { movement } = entry;
  if (movement === 'new' || movement === 're_entry') {
    write(ctx, movement === 'new' ? 'NEW' : 'RE', x, middle + 5, { size: 15, weight: 800, colour: BLUE });
    return;
  }
  ctx.fillStyle = { up: GREEN, down: RED, same: INK_2 }[movement];
  if (movement === 'same') {
    ctx.fillRect(x, middle - 1.5, 12, 3);
    return;
  }
  const tip = movement === 'up' ? -6 : 6;
  ctx.beginPath();
  ctx.moveTo(x, middle - tip);
  ctx.lineTo(x + 12, middle - tip);
  ctx.lineTo(x + 6, middle + tip);
  ctx.fill();
  write(ctx, String(places(entry)), x + 18, middle + 6, { size: 17, weight: 700, colour: ctx.fillStyle });
}

function drawFoot(ctx: CanvasRenderingContext2D, chart: Chart, height: number): void {
  ctx.fillStyle = INK;
  ctx.fillRect(MARGIN, height - 78, WIDTH - 2 * MARGIN, 2);
  const words = `Top Songs · ${chart.status}, revision ${chart.revision} · ${count(chart.totals.plays)} plays counted`;
  write(ctx, words, MARGIN, height - 44, { size: 17, weight: 500, colour: INK_2 });
}

interface Setting {
  size: number;
  weight: number;
  colour?: string;
  width?: number;
  align?: CanvasTextAlign;
}

function write(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, setting: Setting): void {
  const { size, weight, colour = INK, width = WIDTH, align = 'left' } = setting;
  ctx.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.fillStyle = colour;
  ctx.textAlign = align;
  ctx.fillText(shortened(ctx, text, width), x, y);
}

function shortened(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  let letters = [...text];
  if (ctx.measureText(text).width <= width) return text;
  while (letters.length > 0 && ctx.measureText(`${letters.join('')}…`).width > width)
    letters = letters.slice(0, -1);
  return `${letters.join('').trimEnd()}…`;
}

function titleOf({ song }: Entry): string {
  return song.title ?? song.song_id;
}

function artistOf({ song }: Entry): string {
  return song.artist ?? (song.title === null ? 'not in the catalogue yet' : '–');
}
