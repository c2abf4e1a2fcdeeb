/**
 * What happens now, for every view: one stream of events, opened again with patience when it breaks.
 *
 * state: connecting · live (events come) · asking (no stream here: queues are asked for every other second) · lost
 */

import { useEffect, useState } from '../lib/preact.js';
import { Problem, ask, get } from '../api.js';
import { withPoint } from './history.js';
import { readEvents } from './sse.js';

const SILENCE = 12_000;
const ASKING_EVERY = 2_000;
const ASKING_FOR = 60_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

const seen = { state: 'connecting', since: Date.now(), retryAt: 0, overview: null, points: [] };
const watchers = new Set();
const jobWatchers = new Set();
let running = null;

function tell() {
  watchers.forEach((watcher) => watcher());
}

function become(state) {
  if (seen.state !== state) {
    seen.state = state;
    seen.since = Date.now();
  }
}

function overview(data) {
  seen.overview = data;
  seen.points = withPoint(seen.points, data, Date.now());
  tell();
}

const pause = (millis, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  }, { once: true });
});

function take({ event, data }) {
  if (event === 'overview') {
    become('live');
    overview(JSON.parse(data));
  } else if (event === 'jobs') {
    const items = JSON.parse(data).items || [];
    jobWatchers.forEach((watcher) => watcher(items));
  }
}

/** Without a stream the queues alone are known; after a while the stream is tried again. */
async function askInstead(signal) {
  const until = Date.now() + ASKING_FOR;
  while (!signal.aborted && Date.now() < until) {
    const { items } = await get('/operations/queues', {}, signal);
    become('asking');
    overview({ at: new Date().toISOString(), queues: items });
    await pause(ASKING_EVERY, signal);
  }
}

/** A gateway that takes the connection and says nothing is as good as none. */
async function stream(signal) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), SILENCE);
  try {
    const both = AbortSignal.any([signal, patience.signal]);
    const answer = await ask('GET', '/operations/events', { signal: both, accept: 'text/event-stream' });
    clearTimeout(timer);
    await readEvents(answer.body, SILENCE, take);
  } finally {
    clearTimeout(timer);
  }
}

async function once(signal) {
  try {
    await stream(signal);
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 404) {
      throw problem;
    }
    await askInstead(signal);
  }
}

async function follow(signal) {
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    const begun = Date.now();
    try {
      await once(signal);
      become(seen.state === 'live' ? 'lost' : seen.state);
    } catch {
      // What was wrong is of no use to whoever looks: it is tried again, and the page says since when nothing comes.
      become('lost');
    }
    if (signal.aborted) {
      return;
    }
    wait = Date.now() - begun > LONGEST_WAIT ? FIRST_WAIT : wait;
    const patience = wait * (0.75 + Math.random() / 2);
    seen.retryAt = Date.now() + patience;
    tell();
    await pause(patience, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

export function start() {
  stop();
  running = new AbortController();
  Object.assign(seen, { state: 'connecting', since: Date.now(), overview: null, points: [] });
  follow(running.signal);
}

export function stop() {
  running?.abort();
  running = null;
}

/** How it stands, and again whenever that changes. */
export function useLive() {
  const [, setRound] = useState(0);
  useEffect(() => {
    const watcher = () => setRound((round) => round + 1);
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, []);
  return seen;
}

/** Is told of jobs that changed: list items, newest last. */
export function useChangedJobs(watcher, dependencies) {
  useEffect(() => {
    jobWatchers.add(watcher);
    return () => jobWatchers.delete(watcher);
  }, dependencies);
}
