import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { newId } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import { checkHost } from '../access/check-host.ts';
import { hostErrors } from '../host-errors.ts';
import type { Dispatcher } from './dispatcher.ts';
import { logError, sendProblem, toProblem } from './problem.ts';
import { MAX_URL_BYTES } from './request-limits.ts';
import { securityHeaders } from './security-headers.ts';

/** The parts of the HTTP side. */
export interface AppDeps {
  readonly log: Logger;
  readonly dispatcher: Dispatcher;
  readonly openApi: RequestHandler;
  readonly health: Readonly<Record<string, RequestHandler>>;
  /** Serves the page and its files. */
  readonly web: RequestHandler | undefined;
  readonly address: string;
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
}

/** The Express application: guards first, then operations, health and the page; every failure is a problem+json. */
export function createApp(deps: AppDeps): Express {
  const { dispatcher, health, openApi, web, log } = deps;
  const app = express();
  app.set('etag', false);
  app.set('x-powered-by', false);
  app.set('query parser', false);
  app.set('trust proxy', deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false);
  app.use(securityHeaders, checkUrl, checkHost(deps.address, deps.publicUrl));
  app.get('/api/openapi.json', openApi);
  app.use((request, response, next) => {
    if (!request.path.startsWith('/api/')) return next();
    return dispatcher.handle(request, response);
  });
  for (const [path, handler] of Object.entries(health)) app.get(path, handler);
  if (web) app.use(web);
  app.use((request, _response, next) => next(hostErrors.NOT_FOUND({ method: request.method, path: request.path })));
  app.use(createErrorHandler(log));
  return app;
}

const checkUrl: RequestHandler = (request, _response, next) =>
  request.url.length > MAX_URL_BYTES ? next(hostErrors.URL_TOO_LONG({ maxBytes: MAX_URL_BYTES })) : next();

/** Express knows it by its four parameters. */
const createErrorHandler =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const requestId = newId();
    logError(log, error, `${request.method} ${request.path}`);
    sendProblem(response, toProblem(error, requestId));
  };
