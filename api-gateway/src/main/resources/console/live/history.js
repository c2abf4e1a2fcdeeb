/** The last minutes of the overview, one point a second or so: what the charts draw. */

import { duration } from '../format.js';

export const SPAN = 300_000;

const sum = (queues, member) => {
  const values = queues.map((queue) => queue[member]).filter((value) => typeof value === 'number');
  return values.length ? values.reduce((all, value) => all + value, 0) : undefined;
};

const most = (queues, member) => {
  const values = queues.map((queue) => queue[member]).filter((value) => typeof value === 'number');
  return values.length ? Math.max(...values) : undefined;
};

/** All queues together. */
export function totals(overview) {
  const queues = overview?.queues || [];
  const finished = overview?.finished_last_minute;
  return {
    depth: sum(queues, 'depth'),
    oldest: most(queues, 'oldest_age_seconds'),
    running: sum(queues, 'running'),
    slots: sum(queues, 'slots'),
    workers: sum(queues, 'workers'),
    rateIn: sum(queues, 'rate_in'),
    rateOut: sum(queues, 'rate_out'),
    failed: finished && (finished.failed || 0),
    succeeded: finished && (finished.succeeded || 0),
    finished: finished && Object.values(finished).reduce((all, count) => all + count, 0),
    paused: queues.filter((queue) => queue.paused).map((queue) => queue.queue),
  };
}

/** Seconds until nothing waits at this pace; undefined if there is no pace. */
export function eta(depth, rateOut) {
  if (depth === 0) {
    return 0;
  }
  return depth > 0 && rateOut > 0 ? depth / rateOut : undefined;
}

/** The same for people. */
export function emptyIn(depth, rateOut) {
  return depth === 0 ? 'empty' : duration(eta(depth, rateOut));
}

/** Adds what was seen now and forgets what is too old to be drawn. */
export function withPoint(points, overview, now) {
  return [...points.filter((point) => point.t > now - SPAN), { t: now, ...totals(overview) }];
}
