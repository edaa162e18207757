import type { RequestHandler } from 'express';
import type { Dispatcher } from '../http/dispatcher.ts';
import type { Route } from '../http/route-table.ts';

/** Serves the OpenAPI document of the present routes, made at the first request after each change. */
export function serveOpenApi(dispatcher: Dispatcher, title: string): RequestHandler {
  let made: { readonly routes: readonly Route[]; readonly text: string } | undefined;
  return async (_request, response) => {
    const routes = dispatcher.routes();
    if (made?.routes !== routes) {
      const { createOpenApi } = await import('./create-openapi.ts');
      made = { routes, text: JSON.stringify(createOpenApi(routes, title)) };
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(made.text);
  };
}
