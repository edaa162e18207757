import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What goes wrong on the way; all zero and false: nothing. */
export interface Faults {
  /** Added before each piece, in both directions. */
  readonly latencyMs?: number;
  /** At most this much more before each piece, another time for each: connections overtake each other. */
  readonly jitterMs?: number;
  /** Cuts what comes from the target into pieces of at most this size. */
  readonly pieceBytes?: number;
  /** Cuts a connection after this many bytes from the target. */
  readonly cutAfterBytes?: number;
  /** Cuts a connection this long after it was opened. */
  readonly cutAfterMs?: number;
  /** Closes new connections at once. */
  readonly refuse?: boolean;
  /** Takes everything and passes nothing on, until it is over: then what was held arrives, as after a cut cable. */
  readonly silent?: boolean;
}

/** A TCP proxy that breaks what passes through it. */
export interface FaultProxy {
  readonly port: number;
  readonly url: string;
  /** Replaces the faults; connections that are open follow from their next piece on. */
  set(faults: Faults): void;
  /** Cuts all connections that are open. */
  cut(): void;
  stop(): Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1 before `target`, an origin such as `http://127.0.0.1:3080`. */
export async function startFaultProxy(target: string, initial: Faults = {}): Promise<FaultProxy> {
  const { hostname, port: targetPort } = new URL(target);
  let faults = initial;
  const open = new Set<() => void>();
  const held: (() => void)[] = [];
  const hold = (work: () => void) => (faults.silent ? void held.push(work) : work());
  const server = createServer((near) => {
    if (faults.refuse) {
      near.destroy();
      return;
    }
    const far = connect(Number(targetPort), hostname);
    const cut = () => {
      open.delete(cut);
      clearTimeout(timer);
      near.destroy();
      far.destroy();
    };
    open.add(cut);
    const timer = faults.cutAfterMs === undefined ? undefined : setTimeout(cut, faults.cutAfterMs);
    pass(
      near,
      far,
      () => faults,
      () => undefined,
      cut,
      hold,
    );
    pass(
      far,
      near,
      () => faults,
      countTo(() => faults.cutAfterBytes, cut),
      cut,
      hold,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => open.forEach((cutOne) => cutOne());
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    set: (next) => {
      faults = next;
      if (!next.silent) for (const work of held.splice(0)) work();
    },
    cut,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

/** Tells when more than the limit has passed; the piece that exceeds it is cut short. */
function countTo(limit: () => number | undefined, cut: () => void): (piece: Buffer, to: Socket) => Buffer | undefined {
  let passed = 0;
  return (piece, to) => {
    const most = limit();
    if (most === undefined || passed + piece.length <= most) {
      passed += piece.length;
      return undefined;
    }
    const rest = piece.subarray(0, Math.max(0, most - passed));
    passed = most;
    to.write(rest, cut);
    return rest;
  };
}

function pass(
  from: Socket,
  to: Socket,
  faults: () => Faults,
  shorten: (piece: Buffer, to: Socket) => Buffer | undefined,
  cut: () => void,
  hold: (work: () => void) => void,
): void {
  const late = createDelay(faults);
  const forward = (whole: Buffer): void => {
    for (const piece of slices(whole, faults().pieceBytes)) {
      late(() => {
        if (shorten(piece, to) === undefined) to.write(piece);
      });
    }
  };
  from.on('data', (whole: Buffer) => hold(() => forward(whole)));
  from.on('end', () => hold(() => late(() => to.end())));
  from.on('error', cut);
  from.on('close', () => {
    if (to.destroyed) cut();
  });
}

/** Runs work after the delay of its moment, each after the one before it: one connection keeps its order. */
function createDelay(faults: () => Faults): (work: () => void) => void {
  const waiting: { readonly dueAt: number; readonly work: () => void }[] = [];
  const next = () => {
    const [first] = waiting;
    if (first === undefined) return;
    setTimeout(
      () => {
        waiting.shift();
        first.work();
        next();
      },
      Math.max(0, first.dueAt - performance.now()),
    );
  };
  return (work) => {
    const { latencyMs = 0, jitterMs = 0 } = faults();
    if (waiting.length === 0 && latencyMs + jitterMs === 0) return work();
    waiting.push({ dueAt: performance.now() + latencyMs + Math.random() * jitterMs, work });
    if (waiting.length === 1) next();
    return undefined;
  };
}

const slices = (whole: Buffer, bytes = whole.length): readonly Buffer[] =>
  Array.from({ length: Math.ceil(whole.length / bytes) }, (_, index) =>
    whole.subarray(index * bytes, (index + 1) * bytes),
  );
