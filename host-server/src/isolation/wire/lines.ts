import type { Duplex } from 'node:stream';

const NEWLINE = 10;

/** Lines of text over a pipe, in order. What is sent within one turn of the event loop leaves in one write. */
export interface Lines {
  send(line: string): void;
  /** Text that waits in this process for the other side to read. Units: characters and bytes, about. */
  backlog(): number;
  /** Sends what waits, then ends. */
  end(): void;
  destroy(): void;
}

/** How lines are read. */
export interface LinesOptions {
  /** A longer line ends the connection before it is kept. */
  readonly maxBytes: number;
  readonly onLine: (line: string) => void;
  /** Called once; `reason` when the connection did not simply end. */
  readonly onClose: (reason?: string) => void;
}

/** Lines over `pipe`. */
export function createLines(pipe: Duplex, { maxBytes, onLine, onClose }: LinesOptions): Lines {
  let waiting: string[] = [];
  let waitingLength = 0;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let isClosed = false;

  const close = (reason?: string) => {
    if (isClosed) return;
    isClosed = true;
    waiting = [];
    kept = [];
    pipe.destroy();
    onClose(reason);
  };
  const flush = () => {
    if (waiting.length === 0 || isClosed) return;
    const text = waiting.join('');
    waiting = [];
    waitingLength = 0;
    pipe.write(text);
  };
  const take = (text: string) => {
    for (const line of text.split('\n')) {
      if (isClosed) return;
      if (line !== '') onLine(line);
    }
  };
  pipe.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      kept.push(chunk);
      keptBytes += chunk.length;
    } else {
      const whole = kept.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...kept, chunk.subarray(0, end)]);
      kept = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
      keptBytes = chunk.length - end - 1;
      take(whole.toString('utf8'));
    }
    if (keptBytes > maxBytes) close(`it sent a message of more than ${maxBytes} bytes`);
  });
  pipe.on('error', () => close());
  pipe.on('close', () => close());
  pipe.on('end', () => close());

  return {
    send(line) {
      if (isClosed) return;
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(line, '\n');
      waitingLength += line.length;
    },
    backlog: () => waitingLength + pipe.writableLength,
    end() {
      flush();
      pipe.end();
    },
    destroy: () => close(),
  };
}
