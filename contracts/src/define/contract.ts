import type * as z from 'zod';
import type { CallContext } from '../domain/call-context.ts';
import type { ErrorFactory } from './errors.ts';

/** Who may call: everybody, any signed-in user, or who holds a permission that some plugin declares. */
export type Access = 'public' | 'user' | { readonly permission: string };

/** HTTP methods an operation may use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One HTTP operation. Its input is one flat object: path parameters, the fields named in `headers`, and the rest from
 * the query (GET, DELETE) or the JSON body (POST, PUT, PATCH).
 */
export interface Operation<In extends z.ZodType, Out extends z.ZodType, Stream extends boolean> {
  readonly method: Method;
  /**
   * Path with `:name` parameters. One that starts with `/api/` stands as it is (first-party plugins only); any other
   * is served below `/api/x/<contract id>`.
   */
  readonly path: string;
  readonly access: Access;
  readonly input: In;
  readonly output: Out;
  readonly stream: Stream;
  /** Status of a successful reply; 200 without one, 204 when nothing is returned. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Input fields that travel as request headers, by field name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Errors a caller should expect beside those of parsing and access. */
  readonly errors?: readonly ErrorFactory[];
  /** One sentence for the reference docs and OpenAPI. */
  readonly summary?: string;
  /** Largest request body, bytes; the host's limit (1 MiB) without one. */
  readonly maxBytes?: number;
  /**
   * The input field that is the request body itself, an `Upload`, and the media types it may have (`audio/webm`, `audio/*`);
   * the other fields then travel in the query. POST and PUT only.
   */
  readonly upload?: { readonly field: string; readonly mediaTypes: readonly string[] };
  /** Field of each event that becomes the SSE `id:`; streams only. */
  readonly eventId?: string;
  /** Field of each event that becomes the SSE `event:`; streams only. */
  readonly eventName?: string;
  /**
   * A stream without an end of its own. It is ended when its plugin is replaced, and the client comes back to the new one
   * with `Last-Event-ID`; any other stream ends where it began. Streams only.
   */
  readonly endless?: boolean;
}

/** Any operation. */
export type AnyOperation = Operation<z.ZodType, z.ZodType, boolean>;

/** The operations of a contract by name. */
export type Operations = Readonly<Record<string, AnyOperation>>;

type Declared<In extends z.ZodType, Out extends z.ZodType, S extends boolean> = Omit<Operation<In, Out, S>, 'stream'>;

/** An operation that takes one request and gives one reply. */
export const op = <In extends z.ZodType, Out extends z.ZodType>(
  operation: Omit<Declared<In, Out, false>, 'eventId' | 'eventName' | 'endless'>,
): Operation<In, Out, false> => ({ ...operation, stream: false });

/** An operation that answers with Server-Sent Events, each of the `output` shape. */
export const sse = <In extends z.ZodType, Out extends z.ZodType>(
  operation: Omit<Declared<In, Out, true>, 'status' | 'upload'>,
): Operation<In, Out, true> => ({ ...operation, stream: true });

/** One definition that gives routes, typed client, query keys and hooks, OpenAPI and a test transport. */
export interface Contract<O extends Operations = Operations> {
  /** Id of the plugin that owns it. */
  readonly id: string;
  /** Semver of the contract; its major stands in query keys. */
  readonly version: string;
  readonly operations: O;
}

/** The HTTP operations of one plugin. */
export function defineContract<const O extends Operations>(id: string, version: string, operations: O): Contract<O> {
  return { id, version, operations };
}

/**
 * Events already written in the SSE format, `id:`, `event:` and `data:` lines with their closing blank lines. A stream
 * handler may yield these so that many subscribers share one encoding.
 */
export interface SseFrames {
  readonly sseFrames: string;
}

/** What a stream handler may yield for events of type `T`. */
export type SseItem<T> = T | SseFrames;

type Awaitable<T> = T | Promise<T>;

/** One operation's server side. A stream handler that returns nothing answers 204: there is no more to come. */
export type Handler<P> =
  P extends Operation<infer In, infer Out, infer S>
    ? S extends true
      ? (input: z.output<In>, call: CallContext) => Awaitable<AsyncIterable<SseItem<z.input<Out>>> | undefined>
      : (input: z.output<In>, call: CallContext) => Awaitable<z.input<Out>>
    : never;

/** The server side of a contract: one function per operation. */
export type Handlers<O extends Operations> = { readonly [K in keyof O]: Handler<O[K]> };

/** One event of a stream as a client sees it. */
export interface StreamEvent<T> {
  /** The SSE `id:`, which `Last-Event-ID` takes up again. */
  readonly id?: string;
  readonly event: T;
}

/** The caller's side of a contract: one typed function per operation. */
export type Client<O extends Operations> = {
  readonly [K in keyof O]: O[K] extends Operation<infer In, infer Out, infer S>
    ? S extends true
      ? (
          input: z.input<In>,
          options?: {
            readonly signal?: AbortSignal;
            /** Position to take up after. */
            readonly lastEventId?: string;
            /** Called once the server has accepted, before the first event. */
            readonly onOpen?: () => void;
          },
        ) => AsyncIterable<StreamEvent<z.output<Out>>>
      : (input: z.input<In>, options?: { readonly signal?: AbortSignal }) => Promise<z.output<Out>>
    : never;
};

/** The path an operation is served at, with `:name` parameters. */
export const routePath = (contract: Pick<Contract, 'id'>, operation: Pick<AnyOperation, 'path'>): string =>
  operation.path.startsWith('/api/') ? operation.path : `/api/x/${contract.id}${operation.path}`;

/** Names of the path parameters of an operation, in order. */
export const pathParameters = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
