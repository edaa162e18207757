import { anonymous, Download, newId } from '@parley/contracts';
import type { CallContext } from '@parley/contracts';
import type { Kernel, Logger, MountedContract } from '@parley/kernel';
import type { Request, Response } from 'express';
import { admit } from '../access/admit.ts';
import { checkOrigin } from '../access/check-origin.ts';
import { hostErrors } from '../host-errors.ts';
import { inRequest } from '../log/request-scope.ts';
import { createExchange } from './exchange.ts';
import { logError, sendProblem, toProblem } from './problem.ts';
import { recheck } from './recheck.ts';
import { readInput } from './read-input.ts';
import { createRouteTable, labelOf } from './route-table.ts';
import type { Route, RouteTable } from './route-table.ts';
import { serveDownload } from './serve-download.ts';
import { serveStream } from './serve-stream.ts';
import type { StreamTimes } from './serve-stream.ts';
import { shapeOutput } from './shape-output.ts';
import { createFramer } from './sse-frame.ts';
import { readTaps } from './taps.ts';
import type { Taps } from './taps.ts';

/** What a dispatcher works with. */
export interface DispatcherDeps {
  readonly kernel: Kernel;
  readonly log: Logger;
  /** Contracts of the host itself. */
  readonly own: readonly MountedContract[];
  readonly publicUrl: string | undefined;
  readonly strictOutput: boolean;
  readonly streamTimes?: StreamTimes;
}

/** Serves the operations of all contracts, as the kernel has them now. */
export interface Dispatcher {
  handle(request: Request, response: Response): Promise<void>;
  routes(): readonly Route[];
  /** Ends every open stream, so that its reader comes back to another server. */
  endStreams(): void;
  /** Stops following the kernel. */
  close(): void;
}

interface Generation {
  readonly table: RouteTable;
  readonly taps: Taps;
}

/** @throws HOST_ROUTE_CONFLICT when two operations have one place; later such changes are logged and not taken over */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { kernel, log, own } = deps;
  const streams = new Set<AbortController>();
  const load = (): Generation => {
    const table = createRouteTable([...own, ...kernel.contracts()]);
    return { table, taps: readTaps(kernel) };
  };
  let current = load();
  const close = kernel.onChange(() => {
    try {
      current = load();
    } catch (error) {
      log.error('Changed contracts can not be served; the former stay', { error });
    }
  });
  return {
    routes: () => current.table.routes,
    endStreams: () => streams.forEach((stream) => stream.abort()),
    close,
    handle(request, response) {
      const requestId = newId();
      response.setHeader('x-request-id', requestId);
      return inRequest(requestId, () => answer({ ...deps, ...current, streams, request, response, requestId }));
    },
  };
}

/** One for all: to make an error for each caller that leaves costs more than most replies. */
const CALLER_LEFT = new Error('The caller has left');

interface Passage extends DispatcherDeps, Generation {
  readonly streams: Set<AbortController>;
  readonly request: Request;
  readonly response: Response;
  readonly requestId: string;
}

async function answer(passage: Passage): Promise<void> {
  const { request, response, requestId, log } = passage;
  try {
    await serve(passage);
  } catch (error) {
    if (response.destroyed) return log.debug(`${request.method} ${request.path}: the caller has left`);
    logError(log, error, `${request.method} ${request.path}`);
    sendProblem(response, toProblem(error, requestId));
  }
}

async function serve(passage: Passage): Promise<void> {
  const { request, response, requestId, taps } = passage;
  const { route, params } = findRoute(passage.table, request);
  // Until the last byte: a plugin that is replaced meanwhile serves what it has begun.
  using _hold = route.mounted.hold();
  checkOrigin(request.method, request.headers, passage.publicUrl);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(CALLER_LEFT);
  });
  const http = createExchange(request, response);
  const locale = localeOf(request.headers['accept-language']);
  const enter = () => admit(route, { principal: anonymous, signal: gone.signal, requestId, locale, http }, taps);
  const call = await enter();
  const input = await readInput(route.operation, params, request, http);
  const onHeartbeat = () => void recheck(enter, () => gone.abort());
  if (route.operation.stream) await serveEvents({ ...passage, onHeartbeat }, route, input, call, gone);
  else await serveReply(passage, route, input, call);
}

function findRoute(table: RouteTable, { method, path }: Request) {
  const match = decoded(() => table.match(method, path));
  if (!match || (method === 'HEAD' && 'route' in match && match.route.operation.stream)) {
    throw hostErrors.NOT_FOUND({ method, path });
  }
  if ('allowed' in match) throw hostErrors.METHOD_NOT_ALLOWED({ method, path, allowed: match.allowed });
  return match;
}

function decoded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw hostErrors.INVALID_INPUT({ summary: 'the path is not valid percent-encoding' }, error);
  }
}

async function serveReply(passage: Passage, route: Route, input: unknown, call: CallContext): Promise<void> {
  const { request, response, taps, strictOutput: strict, log } = passage;
  const { operation, name, mounted, handler } = route;
  const result = taps.around
    ? await taps.around.run(
        { contractId: mounted.contract.id, operationName: name, input },
        async (inner) => handler(inner.input, call),
        call,
      )
    : await handler(input, call);
  const output = shapeOutput(operation, labelOf(route), result, { strict, log });
  if (operation.output === Download) {
    const onError = (error: unknown) => logError(log, error, `${request.method} ${request.path}`);
    return serveDownload(response, output as Download, { signal: call.signal, onError });
  }
  if (output === undefined || operation.status === 204) {
    response.writeHead(204, { 'cache-control': 'no-store' }).end();
    return;
  }
  const body = Buffer.from(JSON.stringify(output));
  response.writeHead(operation.status ?? 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

async function serveEvents(
  {
    response,
    request,
    requestId,
    streams,
    strictOutput,
    log,
    streamTimes,
    onHeartbeat,
  }: Passage & { readonly onHeartbeat: () => void },
  route: Route,
  input: unknown,
  call: CallContext,
  gone: AbortController,
): Promise<void> {
  const { operation, handler, mounted } = route;
  const end = () => gone.abort();
  const { ended } = call.principal;
  ended?.addEventListener('abort', end);
  if (ended?.aborted) end();
  if (operation.endless) {
    mounted.draining.addEventListener('abort', end);
    if (mounted.draining.aborted) end();
  }
  const check = (event: unknown) => shapeOutput(operation, labelOf(route), event, { strict: true, log });
  streams.add(gone);
  try {
    const events = (await handler(input, call)) as AsyncIterable<unknown> | undefined;
    if (!events) {
      response.writeHead(204, { 'cache-control': 'no-store' }).end();
      return;
    }
    await serveStream({
      response,
      events,
      frame: createFramer(operation, strictOutput ? check : undefined),
      signal: gone.signal,
      onHeartbeat,
      onError: (error) => {
        logError(log, error, `${request.method} ${request.path}`);
        return toProblem(error, requestId);
      },
      ...(streamTimes ? { times: streamTimes } : {}),
    });
  } finally {
    streams.delete(gone);
    ended?.removeEventListener('abort', end);
    mounted.draining.removeEventListener('abort', end);
  }
}

const localeOf = (header: string | undefined): string =>
  /^\s*([a-z]{2,3}(-[a-z0-9]{2,8})*)/i.exec(header ?? '')?.[1] ?? 'en';
