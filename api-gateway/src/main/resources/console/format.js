/** Numbers and times as people read them. What is not known is a dash. */

export const UNKNOWN = '–';

const whole = new Intl.NumberFormat('en');
const known = (value) => typeof value === 'number' && Number.isFinite(value);

export function number(value) {
  return known(value) ? whole.format(Math.round(value)) : UNKNOWN;
}

/** Of something a second. */
export function rate(value) {
  if (!known(value)) {
    return UNKNOWN;
  }
  return value >= 100 ? whole.format(Math.round(value)) : String(Math.round(value * 10) / 10);
}

/** @param seconds of any length; below a minute with a tenth */
export function duration(seconds) {
  if (!known(seconds)) {
    return UNKNOWN;
  }
  if (seconds < 1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds * 10) / 10} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${Math.floor(seconds % 60)} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** ISO 8601 durations as a histogram's limits name them: PT1H, P1D. */
export function period(text) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text || '');
  if (!found) {
    return text || UNKNOWN;
  }
  const [, days, hours, minutes, seconds] = found;
  return [days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`, seconds && `${seconds} s`]
    .filter(Boolean).join(' ') || '0 s';
}

export function bytes(value) {
  if (!known(value)) {
    return UNKNOWN;
  }
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  let left = value;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? whole.format(left) : Math.round(left * 10) / 10} ${units[unit]}`;
}

export function percent(part) {
  return known(part) ? `${Math.round(part * 1000) / 10} %` : UNKNOWN;
}

const two = (value) => String(value).padStart(2, '0');

export function clock(date) {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** In the zone of whoever looks; without the day if it is today. */
export function moment(text, now = new Date()) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    return String(text);
  }
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return date.toDateString() === now.toDateString() ? clock(date) : `${day} ${clock(date)}`;
}

/** Seconds from one time to another; NaN if either does not read. */
export function between(from, to) {
  return (new Date(to).getTime() - new Date(from).getTime()) / 1000;
}

/** What a field of the kind datetime-local has, as the API wants it. */
export function fromLocal(text) {
  const date = new Date(text);
  return text && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}

/** The other way round: in the zone of whoever looks, to the second. */
export function toLocal(text) {
  const date = new Date(text || '');
  return Number.isNaN(date.getTime()) ? '' : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
