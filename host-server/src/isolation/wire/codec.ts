import { createPrincipal, Secret } from '@parley/contracts';
import type { CallContext, HttpExchange, Principal } from '@parley/contracts';
import { isolationErrors } from '../isolation-errors.ts';
import { errorFacts, errorOf } from './error-codec.ts';
import type { ErrorFacts } from './error-codec.ts';
import { rememberMethods, targetOf } from './handles.ts';
import { isCall, isExchange, isForged, isIterable, isPrincipal, isPromiseLike } from './known-values.ts';
import { methodsOf } from './method-kinds.ts';
import type { MethodEntry, MethodKind } from './method-kinds.ts';
import type { Exports, Imports } from './references.ts';
import type { CallScope } from './scope.ts';

const MAX_DEPTH = 60;

/** Something that is more than data. `$` says what; every other field belongs to that kind. */
interface Tag {
  readonly $: string;
  readonly [field: string]: unknown;
}

/** What a codec works with. */
export interface CodecParts {
  readonly exports: Exports;
  readonly imports: Imports;
  /** Calls `method` of what the other process holds under `id`. */
  readonly call: (id: number, method: string, kind: MethodKind, args: readonly unknown[]) => unknown;
  /** Reads what the other process holds under `id` piece by piece. */
  readonly iterate: (id: number) => AsyncIterable<unknown>;
  /** Tells the other process that a signal it was sent has aborted. */
  readonly abort: (id: number, reason: unknown) => void;
  /** The host lends principals; a child only ever gives back what it was lent. */
  readonly side: 'host' | 'child';
  /** What of an exchange the other process may see. */
  readonly exchangeFacts?: (exchange: HttpExchange) => Readonly<Record<string, unknown>>;
  readonly exchangeOf?: (facts: Readonly<Record<string, unknown>>) => HttpExchange;
  /** Permissions that some plugin declares, so that a principal can say at once what it may. */
  readonly permissions: () => readonly string[];
}

/** Turns values into what JSON can carry, and back. */
export interface Codec {
  encode(value: unknown, scope: CallScope): unknown;
  decode(value: unknown, scope: CallScope): unknown;
  /** The other process has aborted a signal it sent. */
  abortHere(id: number, reason: unknown): void;
}

/** The errors this process has sent last, so that one that comes back is the same object. */
const SENT_ERRORS = 1_024;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
const notSendable = (what: string, reason: string) => isolationErrors.NOT_SENDABLE({ what, reason });
const broken = (reason: string) => isolationErrors.PROTOCOL({ reason });
const ALL = 'parley.isolation.every-permission';

export function createCodec(parts: CodecParts): Codec {
  const { exports, imports } = parts;
  const sentErrors = new Map<number, Error>();
  const foreignErrors = new WeakMap<object, number>();
  let nextError = 1;
  /** Signals and calls this process has sent, while the call they went with is not over. */
  const lent = new Map<number, object>();
  const borrowed = new WeakMap<object, { readonly id: number; readonly scope: CallScope }>();
  const controllers = new Map<number, AbortController>();
  let nextLoan = 1;
  const lentPrincipals = new WeakSet<object>();

  const lend = (value: object, scope: CallScope): number => {
    const id = nextLoan++;
    lent.set(id, value);
    scope.onEnd(() => lent.delete(id));
    return id;
  };
  const borrow = <T extends object>(value: T, id: number, scope: CallScope): T => {
    borrowed.set(value, { id, scope });
    return value;
  };

  const encodeError = (error: Error, scope: CallScope, depth: number): Tag => {
    const known = foreignErrors.get(error);
    const id = nextError++;
    sentErrors.set(id, error);
    sentErrors.delete(id - SENT_ERRORS);
    const facts = errorFacts(error, (value) => encodeAt(value, scope, depth + 1));
    return { $: 'e', id, ...(known === undefined ? {} : { back: known }), ...facts };
  };
  const encodeSignal = (signal: AbortSignal, scope: CallScope): Tag => {
    const loan = borrowed.get(signal);
    if (loan !== undefined && !loan.scope.isOver()) return { $: 'lent', id: loan.id };
    const id = lend(signal, scope);
    if (signal.aborted) return { $: 'signal', id, reason: encodeAt(signal.reason, scope, 1) };
    const tell = () => parts.abort(id, signal.reason);
    signal.addEventListener('abort', tell, { once: true });
    scope.onEnd(() => signal.removeEventListener('abort', tell));
    return { $: 'signal', id };
  };
  const encodePrincipal = (principal: Principal): Tag => {
    if (parts.side === 'host') {
      lentPrincipals.add(principal);
      const { kind, id, tenantId, roles, sessionId } = principal;
      return {
        $: 'principal',
        ref: exports.give(principal, 'a principal'),
        kind,
        id,
        tenantId,
        roles,
        ...(sessionId === undefined ? {} : { sessionId }),
        all: principal.can(ALL),
        permissions: parts.permissions().filter((permission) => principal.can(permission)),
      };
    }
    throw isolationErrors.FOREIGN_PRINCIPAL();
  };
  const encodeCall = (call: CallContext, scope: CallScope, depth: number): Tag => {
    const loan = borrowed.get(call);
    if (loan !== undefined && !loan.scope.isOver()) return { $: 'lent', id: loan.id };
    const { principal, signal, requestId, locale, http } = call;
    return {
      $: 'call',
      id: lend(call, scope),
      principal: encodeAt(principal, scope, depth + 1),
      signal: encodeSignal(signal, scope),
      requestId,
      locale,
      ...(http === undefined || parts.exchangeFacts === undefined ? {} : { http: encodeExchange(http, scope, depth) }),
    };
  };
  const encodeExchange = (exchange: HttpExchange, scope: CallScope, depth: number): Tag => ({
    $: 'http',
    facts: encodeAt(parts.exchangeFacts?.(exchange), scope, depth + 1),
  });

  const encodeList = (list: readonly unknown[], scope: CallScope, depth: number): unknown => {
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const value = list[index];
      const encoded = encodeAt(value, scope, depth);
      if (encoded !== value) (copy ??= [...list])[index] = encoded;
    }
    return copy ?? list;
  };
  const encodeFields = (fields: object, scope: CallScope, depth: number): unknown => {
    let copy: Record<string, unknown> | undefined;
    for (const name of Object.keys(fields)) {
      const value = (fields as Record<string, unknown>)[name];
      const encoded = encodeAt(value, scope, depth);
      if (encoded !== value) (copy ??= { ...(fields as Record<string, unknown>) })[name] = encoded;
    }
    const all = copy ?? fields;
    return '$' in fields ? { $: 'plain', fields: all } : all;
  };
  /** What has a shape of its own that the other side must have too. */
  const encodeSpecial = (value: object, scope: CallScope, depth: number): Tag | undefined => {
    if (value instanceof Error) return encodeError(value, scope, depth);
    if (value instanceof AbortSignal) return encodeSignal(value, scope);
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { $: 'bytes', text: toBase64(value) };
    if (value instanceof Date) return { $: 'date', at: value.getTime() };
    if (value instanceof URL) return { $: 'url', text: value.href };
    if (value instanceof Map) return { $: 'map', entries: encodeAt([...value], scope, depth + 1) };
    if (value instanceof Set) return { $: 'set', items: encodeAt([...value], scope, depth + 1) };
    if (Object.prototype.toString.call(value) === '[object Secret]')
      return { $: 'secret', text: (value as Secret).reveal() };
    if (isPrincipal(value)) return encodePrincipal(value);
    if (isCall(value)) return encodeCall(value, scope, depth);
    if (isExchange(value)) return parts.exchangeFacts ? encodeExchange(value, scope, depth) : { $: 'nothing' };
    if (isIterable(value)) return { $: 'stream', ref: exports.give(value, 'a stream') };
    if (isPromiseLike(value)) throw notSendable('A promise', 'await it first');
    if ('_zod' in value) return { $: 'nothing' };
    return undefined;
  };
  const encodeHandle = (target: object, what: string, isInterface: boolean): Tag => ({
    $: 'object',
    ref: exports.give(target, what, isInterface),
    methods: methodsOf(target),
  });
  const encodeObject = (value: object, scope: CallScope, depth: number): unknown => {
    if (depth > MAX_DEPTH) throw notSendable('A value', `it is deeper than ${MAX_DEPTH} levels, or refers to itself`);
    const theirs = imports.idOf(value);
    if (theirs !== undefined) return { $: 'yours', ref: theirs };
    if (Array.isArray(value)) return encodeList(value, scope, depth + 1);
    const handle = targetOf(value);
    if (handle !== undefined) return encodeHandle(handle.target, handle.what, true);
    const special = encodeSpecial(value, scope, depth);
    if (special !== undefined) return special;
    return isPlain(value) ? encodeFields(value, scope, depth + 1) : encodeHandle(value, 'an object', false);
  };
  const encodeAt = (value: unknown, scope: CallScope, depth: number): unknown => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : { $: 'number', text: String(value) };
      case 'undefined':
        return { $: 'nothing' };
      case 'bigint':
        return { $: 'bigint', text: String(value) };
      case 'symbol':
        throw notSendable('A symbol', 'it means something in one process only');
      case 'function': {
        const theirs = imports.idOf(value);
        return theirs === undefined
          ? { $: 'function', ref: exports.give(value, 'a function') }
          : { $: 'yours', ref: theirs };
      }
      default:
        return value === null ? null : encodeObject(value as object, scope, depth);
    }
  };

  const decodeError = (tag: Tag, scope: CallScope): Error => {
    const back = typeof tag['back'] === 'number' ? sentErrors.get(tag['back']) : undefined;
    if (back !== undefined) return back;
    const facts = { ...tag, details: decodeAt(tag['details'], scope), cause: decodeAt(tag['cause'], scope) };
    const error = errorOf(facts as unknown as ErrorFacts);
    if (typeof tag['id'] === 'number') foreignErrors.set(error, tag['id']);
    return error;
  };
  const decodeSignal = (tag: Tag, scope: CallScope): AbortSignal => {
    const id = numberOf(tag, 'id');
    const controller = new AbortController();
    if ('reason' in tag) controller.abort(decodeAt(tag['reason'], scope));
    else {
      controllers.set(id, controller);
      scope.onCancel(() => controller.abort(new DOMException('Nobody waits for the answer any more', 'AbortError')));
      scope.onEnd(() => controllers.delete(id));
    }
    return borrow(controller.signal, id, scope);
  };
  const decodePrincipal = (tag: Tag): Principal => {
    if (parts.side === 'host') throw isolationErrors.FOREIGN_PRINCIPAL();
    return imports.take(numberOf(tag, 'ref'), () => {
      const permissions = tag['permissions'] as readonly string[];
      const principal = createPrincipal({ ...(tag as unknown as Principal), permissions });
      return { ...principal, can: tag['all'] === true ? () => true : (name: string) => permissions.includes(name) };
    });
  };
  const decodeCall = (tag: Tag, scope: CallScope): CallContext => {
    const principal = decodeAt(tag['principal'], scope);
    const signal = decodeAt(tag['signal'], scope);
    if (typeof principal !== 'object' || principal === null || !isPrincipal(principal))
      throw broken('a call of nobody');
    if (!(signal instanceof AbortSignal)) throw broken('a call without a signal');
    const http = decodeAt(tag['http'], scope) as HttpExchange | undefined;
    const call = {
      principal,
      signal,
      requestId: textOf(tag, 'requestId'),
      locale: textOf(tag, 'locale'),
      ...(http === undefined ? {} : { http }),
    };
    return borrow(call, numberOf(tag, 'id'), scope);
  };
  const decodeObject = (tag: Tag): object => {
    const ref = numberOf(tag, 'ref');
    return imports.take(ref, () => {
      const made: Record<string, unknown> = {};
      const methods = tag['methods'] as readonly MethodEntry[];
      rememberMethods(made, methods);
      for (const [name, kind] of methods) {
        const value = (...args: readonly unknown[]) => parts.call(ref, name, kind, args);
        Object.defineProperty(made, name, { value, enumerable: true, configurable: true });
      }
      return made;
    });
  };
  const decodeFunction = (ref: number): object =>
    imports.take(
      ref,
      () =>
        (...args: readonly unknown[]) =>
          parts.call(ref, '', 'open', args),
    );
  const decodeLent = (tag: Tag): object => {
    const value = lent.get(numberOf(tag, 'id'));
    if (value === undefined) throw isolationErrors.GONE({ what: 'a call or a signal of a call that is over' });
    return value;
  };
  const decodeTag = (tag: Tag, scope: CallScope): unknown => {
    switch (tag.$) {
      case 'nothing':
        return undefined;
      case 'plain':
        return decodeFields(tag['fields'] as Record<string, unknown>, scope);
      case 'number':
        return Number(tag['text']);
      case 'bigint':
        return BigInt(textOf(tag, 'text').slice(0, 1_000));
      case 'bytes':
        return new Uint8Array(Buffer.from(textOf(tag, 'text'), 'base64'));
      case 'date':
        return new Date(numberOf(tag, 'at'));
      case 'url':
        return new URL(textOf(tag, 'text'));
      case 'map':
        return new Map(decodeAt(tag['entries'], scope) as [unknown, unknown][]);
      case 'set':
        return new Set(decodeAt(tag['items'], scope) as unknown[]);
      case 'secret':
        return new Secret(textOf(tag, 'text'));
      case 'e':
        return decodeError(tag, scope);
      case 'signal':
        return decodeSignal(tag, scope);
      case 'principal':
        return decodePrincipal(tag);
      case 'call':
        return decodeCall(tag, scope);
      case 'http':
        return parts.exchangeOf?.(decodeAt(tag['facts'], scope) as Record<string, unknown>);
      case 'lent':
        return decodeLent(tag);
      case 'yours':
        return exports.get(numberOf(tag, 'ref')).target;
      case 'object':
        return decodeObject(tag);
      case 'function':
        return decodeFunction(numberOf(tag, 'ref'));
      case 'stream': {
        const ref = numberOf(tag, 'ref');
        return imports.take(ref, () => parts.iterate(ref));
      }
      default:
        throw broken(`a value of the unknown kind ${tag.$.slice(0, 40)}`);
    }
  };
  const decodeFields = (fields: Record<string, unknown>, scope: CallScope): Record<string, unknown> => {
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      if (typeof value === 'object' && value !== null) fields[name] = decodeAt(value, scope);
    }
    // A child that writes down who it would like to be has made that principal itself.
    if (parts.side === 'host' && isForged(fields)) throw isolationErrors.FOREIGN_PRINCIPAL();
    return fields;
  };
  const decodeAt = (value: unknown, scope: CallScope): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) value[index] = decodeAt(value[index], scope);
      return value;
    }
    return Object.hasOwn(value, '$')
      ? decodeTag(value as Tag, scope)
      : decodeFields(value as Record<string, unknown>, scope);
  };

  return {
    encode: (value, scope) => encodeAt(value, scope, 0),
    decode: decodeAt,
    abortHere: (id, reason) => controllers.get(id)?.abort(reason),
  };
}

function numberOf(tag: Tag, field: string): number {
  const value = tag[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw broken(`${tag.$} without ${field}`);
  return value;
}

function textOf(tag: Tag, field: string): string {
  const value = tag[field];
  if (typeof value !== 'string') throw broken(`${tag.$} without ${field}`);
  return value;
}

function toBase64(value: ArrayBuffer | ArrayBufferView): string {
  const bytes =
    value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return bytes.toString('base64');
}
