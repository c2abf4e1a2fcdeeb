/** Lines over the last minutes, drawn anew with every point. */

import { html } from '../lib/preact.js';
import { SPAN } from '../live/history.js';

const WIDTH = 600;
const HEIGHT = 110;

/** The next round number at or above: 1, 2 or 5 times a power of ten. */
export function roundUp(value) {
  if (!(value > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

/** Pieces of a line; where a value is not known the line is broken. */
export function path(points, member, now, top) {
  let drawn = '';
  let pen = false;
  for (const point of points) {
    const value = point[member];
    if (typeof value === 'number') {
      const x = WIDTH * (1 - (now - point.t) / SPAN);
      const y = HEIGHT - (HEIGHT - 4) * Math.min(1, value / top);
      drawn += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = true;
    } else {
      pen = false;
    }
  }
  return drawn;
}

function latest(points, member) {
  return points.length ? points[points.length - 1][member] : undefined;
}

/** @param series {member, name, kind: its class, show: value => text} */
export function Chart({ title, points, series }) {
  const now = points.length ? points[points.length - 1].t : 0;
  const values = series.flatMap(({ member }) => points.map((point) => point[member])).filter((value) => typeof value === 'number');
  const highest = values.length ? Math.max(...values) : undefined;
  const top = roundUp(highest);
  const spoken = series.map(({ member, name, show }) => `${name} ${show(latest(points, member))} now`).join(', ');
  return html`<figure class="chart">
    <figcaption><span>${title}</span>
      ${series.map(({ member, name, kind, show }) => html`<span class="now"><span class=${`key ${kind}`} aria-hidden="true"></span>${series.length > 1 ? `${name} ` : ''}<strong>${show(latest(points, member))}</strong></span>`)}
    </figcaption>
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img"
      aria-label=${`${title}, the last five minutes: ${spoken}, at most ${highest === undefined ? 'unknown' : series[0].show(highest)}`}>
      ${[0.25, 0.5, 0.75].map((part) => html`<line class="grid" x1="0" x2=${WIDTH} y1=${HEIGHT * part} y2=${HEIGHT * part} />`)}
      ${series.map(({ member, kind }) => html`<path class=${`line ${kind}`} d=${path(points, member, now, top)} />`)}
    </svg>
    <div class="scale" aria-hidden="true"><span>5 min ago</span><span>top ${series[0].show(top)}</span><span>now</span></div>
  </figure>`;
}
