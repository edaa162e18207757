// What every host offers alike (browsers, Node, Deno, workers) and the universal layers may use: contracts, kernel
// and the contract side of a plugin compile against these and against nothing else of a host.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean; signal?: AbortSignal }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare var AbortSignal: {
  prototype: AbortSignal;
  timeout(ms: number): AbortSignal;
  any(signals: AbortSignal[]): AbortSignal;
  abort(reason?: unknown): AbortSignal;
};
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare var AbortController: { prototype: AbortController; new (): AbortController };

interface URLSearchParams {
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  toString(): string;
}
declare var URLSearchParams: {
  prototype: URLSearchParams;
  new (init?: string | Record<string, string>): URLSearchParams;
};
interface URL {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
}
declare var URL: { prototype: URL; new (url: string, base?: string | URL): URL };

interface TextEncoder {
  encode(text: string): Uint8Array;
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

interface Headers {
  get(name: string): string | null;
  has(name: string): boolean;
}
declare var Headers: { prototype: Headers; new (init?: Record<string, string>): Headers };
interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  json(): Promise<unknown>;
  text(): Promise<string>;
}
interface RequestInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal | null;
}
declare function fetch(input: string | URL, init?: RequestInit): Promise<Response>;

interface UniversalTimer {
  readonly [Symbol.toPrimitive]?: () => number;
  /** Where there is a process that a timer would keep alive. */
  unref?(): unknown;
}
declare function setTimeout(callback: () => void, ms?: number): UniversalTimer;
declare function clearTimeout(timer: UniversalTimer | undefined): void;
declare function setInterval(callback: () => void, ms?: number): UniversalTimer;
declare function clearInterval(timer: UniversalTimer | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare var performance: { now(): number };
declare var crypto: { randomUUID(): string; getRandomValues<T extends Uint8Array>(bytes: T): T };
