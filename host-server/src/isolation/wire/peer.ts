import type { Duplex } from 'node:stream';
import type { HttpExchange } from '@parley/contracts';
import { isAppError } from '@parley/contracts';
import { isolationErrors } from '../isolation-errors.ts';
import { readLater, toAnswer } from './answer.ts';
import { createCodec } from './codec.ts';
import { receiveStream, WINDOW } from './incoming-stream.ts';
import type { IncomingStream } from './incoming-stream.ts';
import { isIterable, isPromiseLike } from './known-values.ts';
import { createLines } from './lines.ts';
import type { WireMessage } from './messages.ts';
import { methodOf } from './method-kinds.ts';
import type { MethodKind } from './method-kinds.ts';
import { sendStream } from './outgoing-stream.ts';
import type { OutgoingStream } from './outgoing-stream.ts';
import { parseMessage } from './parse-message.ts';
import { createExports, createImports } from './references.ts';
import type { Export } from './references.ts';
import { createCallScope } from './scope.ts';
import type { CallScope } from './scope.ts';

/** To be awaited, or of a method that streams to be read. */
export type Answer = Promise<unknown> & AsyncIterable<unknown>;

/** The other process. */
export interface Peer {
  /** Calls a method of its root. */
  call(method: string, ...args: readonly unknown[]): Answer;
  /** The same without waiting for an answer, nor for an error. */
  tell(method: string, ...args: readonly unknown[]): void;
  /** Ends the connection; every call in flight fails with `reason`. */
  close(reason: Error): void;
  readonly isClosed: boolean;
  /** Calls and streams in flight, both ways, and things held for the other process. */
  load(): { readonly calls: number; readonly held: number };
}

/** What a peer is made of. */
export interface PeerOptions {
  readonly pipe: Duplex;
  /** What the other process may call. */
  readonly root: object;
  /** The host lends principals; a child only ever gives back what it was lent. */
  readonly side: 'host' | 'child';
  readonly limits: WireLimits;
  /** Called once, when the connection has ended; `reason` says who broke what. */
  readonly onClose: (reason: string | undefined) => void;
  /** What calls in flight fail with when the connection ends. */
  readonly closeError: (reason: string | undefined) => Error;
  /** Errors that nobody waits for. */
  readonly onStray: (error: unknown) => void;
  readonly permissions?: () => readonly string[];
  readonly exchangeFacts?: (exchange: HttpExchange) => Readonly<Record<string, unknown>>;
  readonly exchangeOf?: (facts: Readonly<Record<string, unknown>>) => HttpExchange;
}

/** What one process may make the other hold. */
export interface WireLimits {
  readonly maxMessageBytes: number;
  /** Text that waits for a reader who does not read, characters and bytes. */
  readonly maxBacklogBytes: number;
  readonly maxCalls: number;
  readonly maxReferences: number;
}

/** Limits that no honest plugin meets. */
export const WIRE_LIMITS: WireLimits = {
  maxMessageBytes: 16 * 1_024 * 1_024,
  maxBacklogBytes: 128 * 1_024 * 1_024,
  maxCalls: 10_000,
  maxReferences: 100_000,
};

interface Outgoing {
  readonly scope: CallScope;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  hasAsked: boolean;
  stream: IncomingStream | undefined;
}

interface Incoming {
  readonly scope: CallScope;
  /** Pieces asked for before the stream was there. */
  credit: number;
  isStopped: boolean;
  stream: OutgoingStream | undefined;
}

/** Connects two processes over a pipe: objects of one can be called by the other, streams and signals included. */
export function connectPeer(options: PeerOptions): Peer {
  const { limits, side } = options;
  const outgoing = new Map<number, Outgoing>();
  const incoming = new Map<number, Incoming>();
  const exports = createExports(options.root, limits.maxReferences);
  /** For what outlives any call. */
  const forever = createCallScope();
  let nextCall = 1;
  let closed: Error | undefined;
  let forgotten: (readonly [number, number])[] = [];

  const lines = createLines(options.pipe, {
    maxBytes: limits.maxMessageBytes,
    onLine: (line) => receive(line),
    onClose: (reason) => shut(reason, options.closeError(reason)),
  });
  const send = (message: WireMessage): number => {
    const line = JSON.stringify(message);
    const bytes = line.length;
    const { maxMessageBytes, maxBacklogBytes } = limits;
    if (bytes > maxMessageBytes) throw isolationErrors.TOO_LARGE({ bytes, maxBytes: maxMessageBytes });
    lines.send(line);
    if (lines.backlog() > maxBacklogBytes) breakOff(`it does not read; ${maxBacklogBytes} bytes wait for it`);
    return bytes;
  };
  const forget = (id: number, count: number) => {
    if (forgotten.length === 0) {
      setImmediate(() => {
        if (closed === undefined)
          send({ t: 'forget', refs: forgotten.map(([ref, times]): [number, number] => [ref, times]) });
        forgotten = [];
      });
    }
    forgotten.push([id, count]);
  };
  const codec = createCodec({
    exports,
    imports: createImports(forget),
    side,
    call: (id, method, kind, args) => callReference(id, method, kind, args),
    iterate: (id) => ({ [Symbol.asyncIterator]: () => readReference(id) }),
    abort: (id, reason) => {
      if (closed === undefined) send({ t: 'abort', id, e: codec.encode(reason, forever) });
    },
    permissions: options.permissions ?? (() => []),
    ...(options.exchangeFacts ? { exchangeFacts: options.exchangeFacts } : {}),
    ...(options.exchangeOf ? { exchangeOf: options.exchangeOf } : {}),
  });

  const shut = (reason: string | undefined, error: Error) => {
    if (closed !== undefined) return;
    closed = error;
    for (const call of outgoing.values()) {
      call.stream?.fail(error);
      call.reject(error);
      call.scope.end();
    }
    outgoing.clear();
    for (const call of incoming.values()) {
      call.isStopped = true;
      call.stream?.stop();
      call.scope.cancel();
    }
    incoming.clear();
    options.onClose(reason);
  };
  const breakOff = (reason: string) => {
    shut(reason, options.closeError(reason));
    lines.destroy();
  };

  /** Sends what asks for an answer; what goes wrong on the way is the answer. */
  const ask = (make: (id: number, scope: CallScope) => WireMessage): { id: number; result: Promise<unknown> } => {
    const id = nextCall++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const scope = createCallScope();
    try {
      if (closed !== undefined) throw closed;
      const message = make(id, scope);
      outgoing.set(id, { scope, resolve, reject, hasAsked: false, stream: undefined });
      send(message);
    } catch (error) {
      outgoing.delete(id);
      scope.end();
      reject(error);
    }
    return { id, result: promise };
  };
  const streamOf = (id: number, result: Promise<unknown>) =>
    readLater(
      result,
      () => {
        const call = outgoing.get(id);
        if (call === undefined || call.hasAsked) return;
        call.hasAsked = true;
        send({ t: 'allow', id, n: WINDOW });
      },
      () => leave(id),
    );
  const callReference = (ref: number, method: string, kind: MethodKind, args: readonly unknown[]): unknown => {
    const { id, result } = ask((call, scope) => ({
      t: 'call',
      id: call,
      r: ref,
      m: method,
      a: args.map((arg) => codec.encode(arg, scope)),
    }));
    return toAnswer(kind, result, () => streamOf(id, result));
  };
  const readReference = (ref: number): AsyncIterator<unknown, undefined> => {
    const { id, result } = ask((call) => ({ t: 'read', id: call, r: ref }));
    result.catch(() => undefined);
    return streamOf(id, result);
  };
  const settle = (id: number): Outgoing | undefined => {
    const call = outgoing.get(id);
    outgoing.delete(id);
    return call;
  };
  /** Nobody reads the stream of a call any more. */
  const leave = (id: number) => {
    const call = settle(id);
    if (call === undefined || closed !== undefined) return;
    send({ t: 'stop', id });
    call.resolve(undefined);
    call.scope.end();
  };

  const answer = (id: number, message: WireMessage) => {
    const call = incoming.get(id);
    if (call === undefined) return;
    incoming.delete(id);
    try {
      if (closed === undefined) send(message);
    } catch (error) {
      send({ t: 'error', id, e: codec.encode(error, call.scope) });
    }
    call.scope.end();
  };
  const answerError = (id: number, error: unknown) => {
    const call = incoming.get(id);
    if (call !== undefined) answer(id, { t: 'error', id, e: codec.encode(error, call.scope) });
  };
  const answerStream = (id: number, call: Incoming, iterable: AsyncIterable<unknown>) => {
    send({ t: 'open', id });
    call.stream = sendStream(iterable, {
      item: (value) => (closed === undefined ? send({ t: 'item', id, v: codec.encode(value, call.scope) }) : 0),
      end: () => answer(id, { t: 'end', id }),
      fail: (error) => answerError(id, error),
    });
    if (call.credit > 0) call.stream.allow(call.credit);
  };
  const answerResult = (id: number, call: Incoming, result: unknown) => {
    if (closed !== undefined || call.isStopped) return;
    if (isIterable(result)) answerStream(id, call, result);
    else answer(id, { t: 'value', id, v: codec.encode(result, call.scope) });
  };
  const invoke = ({ target, what, isInterface }: Export, method: string, args: readonly unknown[]): unknown => {
    const run = method === '' && typeof target === 'function' ? target : methodOf(target, method);
    if (run === undefined) throw isolationErrors.NO_METHOD({ what, method });
    const result: unknown = (run as (...all: readonly unknown[]) => unknown)(...args);
    const isLater = result === undefined || isPromiseLike(result) || isIterable(result);
    if (isInterface && !isLater) throw isolationErrors.SYNC_METHOD({ what, method });
    return result;
  };
  /** Runs what the other process asks for. A promise is awaited even when it could also be read. */
  const serve = async (id: number, work: (scope: CallScope) => unknown) => {
    if (incoming.size >= limits.maxCalls) return breakOff(`it has more than ${limits.maxCalls} calls open`);
    const call: Incoming = { scope: createCallScope(), credit: 0, isStopped: false, stream: undefined };
    incoming.set(id, call);
    try {
      const result = work(call.scope);
      answerResult(id, call, isPromiseLike(result) ? await result : result);
    } catch (error) {
      if (isAppError(error, isolationErrors.PROTOCOL.code)) breakOff(error.message);
      else answerError(id, error);
    }
  };
  const tell = (message: Extract<WireMessage, { t: 'tell' }>) => {
    const fail = (error: unknown) =>
      isAppError(error, isolationErrors.PROTOCOL.code) ? breakOff(error.message) : options.onStray(error);
    try {
      const result = invoke(exports.get(message.r), message.m, codec.decode(message.a, forever) as unknown[]);
      if (isPromiseLike(result)) result.then(undefined, fail);
    } catch (error) {
      fail(error);
    }
  };

  const onAnswer = (
    message: Extract<WireMessage, { t: 'value' | 'error' | 'open' | 'item' | 'end' }>,
    length: number,
  ) => {
    const { id } = message;
    const call = outgoing.get(id);
    if (call === undefined) return;
    if (message.t === 'item') {
      if (call.stream === undefined || call.stream.ahead() > 2 * WINDOW)
        return breakOff('it sent more than was asked for');
      return call.stream.item(codec.decode(message.v, call.scope), length);
    }
    if (message.t === 'open') {
      call.stream = receiveStream(
        { allow: (n) => void send({ t: 'allow', id, n }), stop: () => leave(id) },
        call.hasAsked,
      );
      return call.resolve(call.stream);
    }
    settle(id);
    if (message.t === 'value') call.resolve(codec.decode(message.v, call.scope));
    else if (message.t === 'end') call.stream?.end();
    else {
      const error = codec.decode(message.e, call.scope);
      if (call.stream === undefined) call.reject(error);
      else call.stream.fail(error);
    }
    call.scope.end();
  };
  const onMessage = (message: WireMessage, length: number) => {
    switch (message.t) {
      case 'call':
        return void serve(message.id, (scope) => {
          const args = codec.decode(message.a, scope) as unknown[];
          return invoke(exports.get(message.r), message.m, args);
        });
      case 'read':
        return void serve(message.id, () => exports.get(message.r).target);
      case 'tell':
        return tell(message);
      case 'allow': {
        const call = incoming.get(message.id);
        if (call?.stream) call.stream.allow(message.n);
        else if (call) call.credit += message.n;
        return undefined;
      }
      case 'stop': {
        const call = incoming.get(message.id);
        if (call === undefined) return undefined;
        call.isStopped = true;
        incoming.delete(message.id);
        call.stream?.stop();
        return call.scope.cancel();
      }
      case 'abort':
        return codec.abortHere(message.id, codec.decode(message.e, forever));
      case 'forget':
        return message.refs.forEach(([id, count]) => exports.release(id, count));
      default:
        return onAnswer(message, length);
    }
  };
  const receive = (line: string) => {
    if (closed !== undefined) return;
    try {
      onMessage(parseMessage(line), line.length);
    } catch (error) {
      breakOff(error instanceof Error ? error.message : String(error));
    }
  };

  return {
    call: (method, ...args) => callReference(0, method, 'open', args) as Answer,
    tell: (method, ...args) => {
      if (closed === undefined) send({ t: 'tell', r: 0, m: method, a: args.map((arg) => codec.encode(arg, forever)) });
    },
    close: (reason) => {
      shut(undefined, reason);
      lines.destroy();
    },
    get isClosed() {
      return closed !== undefined;
    },
    load: () => ({ calls: outgoing.size + incoming.size, held: exports.size() }),
  };
}
