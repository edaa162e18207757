import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { hostErrors } from '../host-errors.ts';
import { FILE_POLICY, pagePolicy } from '../http/security-headers.ts';
import { contentTypeOf } from './content-type.ts';
import { createNonce, createPage } from './page.ts';
import type { Page } from './page.ts';
import type { WebBuild, WebFile } from './web-build.ts';

/** Below this a compressed copy saves nothing. */
const MIN_BYTES = 1_024;

interface LoadedFile {
  readonly type: string;
  readonly etag: string;
  readonly isImmutable: boolean;
  /** By content encoding, the preferred first. */
  readonly bodies: readonly (readonly [encoding: string | undefined, body: Buffer])[];
}

/**
 * Serves the shell and the plugins' web sides: files of the build by their address, the page for every other path that
 * a browser navigates to. A file that is not the one that was built is refused, as if it were missing.
 */
export function serveWeb(web: WebBuild): RequestHandler {
  const loaded = new Map<string, LoadedFile>();
  let page: Page | undefined;
  const load = (file: WebFile): LoadedFile => {
    const known = loaded.get(file.path) ?? loadFile(web, file);
    loaded.set(file.path, known);
    return known;
  };
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const file = request.path === '/index.html' ? undefined : web.file(request.path);
    if (file) return sendFile(request, response, load(file));
    const index = web.file('/index.html');
    if (!index || !isNavigation(request)) return next();
    page ??= createPage(web.read(index).toString('utf8'));
    sendPage(response, page);
  };
}

/** Paths at the root and below `/assets` with an extension are files; `/api`, `/ui` and `/health` are never pages. */
const isNavigation = ({ path, headers }: Request): boolean =>
  !/^\/(api|ui|health)(\/|$)/.test(path) &&
  !/^\/(assets\/.*|[^/]*)\.[a-z0-9]+$/i.test(path) &&
  (headers.accept === undefined || headers.accept.includes('text/html') || headers.accept.includes('*/*'));

function sendPage(response: Response, page: Page): void {
  const nonce = createNonce();
  response.setHeader('content-security-policy', pagePolicy(nonce));
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  response.end(page(nonce));
}

function loadFile(web: WebBuild, file: WebFile): LoadedFile {
  const body = web.read(file);
  return {
    type: contentTypeOf(file.path),
    etag: `"${file.integrity}"`,
    isImmutable: file.isImmutable,
    bodies: [...compressedOf(file, body), [undefined, body]],
  };
}

/** Compressed siblings are made by the build from the verified file; installed plugins have none and are packed here. */
function compressedOf({ path, isImmutable }: WebFile, body: Buffer): LoadedFile['bodies'] {
  const sibling = (encoding: string, extension: string) =>
    existsSync(path + extension) ? [[encoding, readFileSync(path + extension)] as const] : [];
  const made = [...sibling('br', '.br'), ...sibling('gzip', '.gz')];
  const gains = isImmutable && body.length > MIN_BYTES && /\.(js|css|svg|json)$/.test(path);
  return made.length === 0 && gains ? [['gzip', gzipSync(body)]] : made;
}

function sendFile(request: Request, response: Response, { type, etag, isImmutable, bodies }: LoadedFile): void {
  const accepted = request.headers['accept-encoding'] ?? '';
  const [encoding, body] = bodies.find(([name]) => name === undefined || accepted.includes(name)) ?? [];
  if (!body) throw hostErrors.NOT_FOUND({ method: request.method, path: request.path });
  const headers = {
    etag,
    vary: 'accept-encoding',
    'cache-control': isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-security-policy': FILE_POLICY,
    'content-type': type,
    'content-length': body.length,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  });
  response.end(body);
}
