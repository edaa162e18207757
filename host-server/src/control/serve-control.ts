import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createPrincipal, newId } from '@parley/contracts';
import type { CallContext } from '@parley/contracts';
import type { Logger, MountedContract } from '@parley/kernel';
import express from 'express';
import type { Request, Response } from 'express';
import { hostErrors } from '../host-errors.ts';
import { createExchange } from '../http/exchange.ts';
import { logError, sendProblem, toProblem } from '../http/problem.ts';
import { readInput } from '../http/read-input.ts';
import { serveStream } from '../http/serve-stream.ts';
import { createFramer } from '../http/sse-frame.ts';
import { createRouteTable, labelOf } from '../http/route-table.ts';
import type { RouteTable } from '../http/route-table.ts';
import { shapeOutput } from '../http/shape-output.ts';
import { controlPath } from './control-path.ts';

/** What the control socket serves. */
export interface ControlOptions {
  readonly dataDir: string;
  readonly contracts: readonly MountedContract[];
  readonly log: Logger;
}

/** The operator's own door, open while the host runs. */
export interface ControlSocket {
  close(): Promise<void>;
}

/** Whoever may open the socket may read the root key too: this is the owner of the data folder. */
const operator = createPrincipal({ kind: 'system', id: 'operator' });

/**
 * Serves contracts on a Unix socket that only the owner of the data folder can open, with all permissions. A host whose
 * socket can not be opened serves all the same, and says so in its log.
 */
export async function serveControl({ dataDir, contracts, log }: ControlOptions): Promise<ControlSocket> {
  const path = controlPath(dataDir);
  const table = createRouteTable(contracts);
  const app = express();
  app.set('etag', false);
  app.set('x-powered-by', false);
  app.set('query parser', false);
  app.use((request, response) => answer(table, request, response, log));
  const server = createServer(app);
  try {
    if (dirname(path) !== resolve(dataDir)) prepareFolder(dirname(path));
    await open(server, path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn('The control socket is not open, so the commands that change what runs do not reach this server', {
      path,
      reason,
    });
    return { close: () => Promise.resolve() };
  }
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function open(server: Server, path: string): Promise<void> {
  try {
    await listen(server, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (await isAnswered(path)) throw new Error('another server has the same data folder', { cause: error });
    // Left by a server that was killed.
    rmSync(path, { force: true });
    await listen(server, path);
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}

/** A folder below the temporary ones must be this user's alone, whoever made it. */
function prepareFolder(folder: string): void {
  if (process.platform === 'win32') return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const isShared = (mode & 0o022) !== 0;
  if (uid !== process.getuid?.() || isShared) throw new Error(`${folder} can be written by others`);
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((done, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      done();
    });
  });

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((tell) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      tell(true);
    });
    socket.once('error', () => tell(false));
  });

/** Aborts when the command has gone before its answer was whole. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

async function answer(table: RouteTable, request: Request, response: Response, log: Logger): Promise<void> {
  const requestId = newId();
  try {
    const { method, path } = request;
    const match = table.match(method, path);
    if (match === undefined || !('route' in match)) throw hostErrors.NOT_FOUND({ method, path });
    const { operation, handler } = match.route;
    const http = createExchange(request, response);
    const call: CallContext = {
      principal: operator,
      signal: signalOf(response),
      requestId,
      locale: 'en',
      http,
    };
    const input = await readInput(operation, match.params, request, http);
    const result = await handler(input, call);
    if (operation.stream) {
      return await serveStream({
        response,
        events: result as AsyncIterable<unknown>,
        frame: createFramer(operation),
        signal: call.signal,
        onError: (error) => {
          logError(log, error, labelOf(match.route));
          return toProblem(error, requestId);
        },
      });
    }
    const output = shapeOutput(operation, labelOf(match.route), result, { strict: false, log });
    response.writeHead(output === undefined ? 204 : 200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(output === undefined ? undefined : JSON.stringify(output));
  } catch (error) {
    logError(log, error, `${request.method} ${request.path} on the control socket`);
    sendProblem(response, toProblem(error, requestId));
  }
}
