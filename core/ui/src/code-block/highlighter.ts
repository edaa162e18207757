import type { CodeLine, HighlightReply, HighlightRequest } from './highlight-protocol.ts';

/** What a highlighter hears from its worker. */
export interface HighlightListener {
  readonly onReply: (reply: HighlightReply) => void;
  /** The worker is gone; nothing more will come from it. */
  readonly onFailure: () => void;
}

/** Starts the worker and gives the function that sends to it; `undefined` where there are no workers. */
export type ConnectWorker = (listener: HighlightListener) => ((request: HighlightRequest) => void) | undefined;

/** Colours code away from the page's thread. */
export interface Highlighter {
  /** The lines, when this code was coloured before. */
  find(code: string, language: string): readonly CodeLine[] | undefined;
  /** The lines of the code; `undefined` when it stays plain. Never rejects. */
  highlight(code: string, language: string): Promise<readonly CodeLine[] | undefined>;
}

const MOST_REMEMBERED = 200;
const MOST_CHARACTERS = 100_000;
const keyOf = (code: string, language: string) => `${language}\n${code}`;

/** A highlighter that starts its worker with the first request and remembers its last 200 answers. */
export function createHighlighter(connect: ConnectWorker): Highlighter {
  const remembered = new Map<string, readonly CodeLine[]>();
  const waiting = new Map<number, (lines: readonly CodeLine[] | undefined) => void>();
  let send: ReturnType<ConnectWorker>;
  let isStarted = false;
  let lastId = 0;

  const settle = (id: number, lines: readonly CodeLine[] | undefined) => {
    waiting.get(id)?.(lines);
    waiting.delete(id);
  };
  const start = () => {
    isStarted = true;
    send = connect({
      onReply: ({ id, lines }) => settle(id, lines),
      onFailure: () => {
        send = undefined;
        for (const id of waiting.keys()) settle(id, undefined);
      },
    });
  };
  const remember = (key: string, lines: readonly CodeLine[]) => {
    remembered.set(key, lines);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };

  return {
    find: (code, language) => remembered.get(keyOf(code, language)),
    async highlight(code, language) {
      if (code.length > MOST_CHARACTERS) return undefined;
      if (!isStarted) start();
      if (send === undefined) return undefined;
      const id = ++lastId;
      const reply = new Promise<readonly CodeLine[] | undefined>((resolve) => waiting.set(id, resolve));
      send({ id, code, language });
      const lines = await reply;
      if (lines !== undefined) remember(keyOf(code, language), lines);
      return lines;
    },
  };
}
