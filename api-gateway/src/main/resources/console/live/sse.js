/** Server-sent events out of a body that is read as it comes; EventSource cannot send an Authorization header. */

/** Takes text in pieces of any size and gives the events that are whole. */
export class EventParser {
  #rest = '';

  /** @returns {{event: string, data: string}[]} a comment is an event without a name */
  push(text) {
    this.#rest += text;
    const blocks = this.#rest.split(/\r?\n\r?\n/);
    this.#rest = blocks.pop();
    return blocks.map(eventOf);
  }
}

function eventOf(block) {
  const data = [];
  let event = '';
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('data:')) {
      data.push(line.slice(5).replace(/^ /, ''));
    } else if (line.startsWith('event:')) {
      event = line.slice(6).trim();
    }
  }
  return { event, data: data.join('\n') };
}

/** Reads events until the body ends, or nothing comes for too long. */
export async function readEvents(body, silence, each) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new EventParser();
  let timer;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => reader.cancel(), silence);
  };
  try {
    watch();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      watch();
      parser.push(piece.value).forEach(each);
    }
  } finally {
    clearTimeout(timer);
  }
}
