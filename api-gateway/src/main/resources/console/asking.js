/** Views that ask: the answer, what is wrong, and asking again. */

import { useEffect, useRef, useState } from './lib/preact.js';
import { address, get } from './api.js';

const UNSERVED = 30_000;

/**
 * What is at a path now; what was there stays in view while it is asked for again.
 *
 * @param every milliseconds after which it is asked for again; 0: never by itself
 */
export function useGet(path, query = {}, every = 0) {
  const wanted = address(path, query);
  const [answer, setAnswer] = useState({ wanted, data: null, problem: null });
  const [round, setRound] = useState(0);
  const due = useRef(null);
  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      let wait = every;
      try {
        const data = await get(wanted, {}, stop.signal);
        setAnswer({ wanted, data, problem: null });
      } catch (problem) {
        if (stop.signal.aborted) {
          return;
        }
        wait = problem.unserved ? Math.max(every, UNSERVED) : every;
        setAnswer((before) => ({ wanted, data: before.wanted === wanted ? before.data : null, problem }));
      }
      if (every && !stop.signal.aborted) {
        due.current = setTimeout(look, wait);
      }
    };
    look();
    return () => {
      stop.abort();
      clearTimeout(due.current);
    };
  }, [wanted, every, round]);
  const current = answer.wanted === wanted ? answer : { data: null, problem: null };
  return { ...current, again: () => setRound((before) => before + 1) };
}

/** Now, moving on by itself. */
export function useNow(every = 1000) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
