import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openWindow, startBrowser } from './browser.ts';
import type { Window } from './browser.ts';
import { createApi } from './pages/api.ts';
import type { Api } from './pages/api.ts';
import { ADA } from './pages/account.ts';
import type { Person } from './pages/account.ts';
import { removeData, startParley } from './parley-process.ts';
import type { ParleyProcess } from './parley-process.ts';

/** A window of somebody who is signed in, and the API as that window may use it. */
export interface MemberWindow extends Window {
  readonly api: Api;
}

/** A server with an administrator, and a browser. */
export interface Scene {
  readonly server: ParleyProcess;
  readonly browser: Browser;
  /** A window of a visitor. */
  visitor(options?: BrowserContextOptions): Promise<Window>;
  /** A window of the administrator, not on any page yet; `origin` when it is reached through another address. */
  member(options?: BrowserContextOptions, origin?: string): Promise<MemberWindow>;
  stop(): Promise<void>;
}

/** The demo models' pace, and more lines of a config file. Units: milliseconds. */
export interface SceneOptions {
  readonly pieceDelayMs?: number;
  readonly plugins?: readonly string[];
  /** More arguments of the browser. */
  readonly browserArguments?: readonly string[];
}

/** The config file of a server whose demo models write at a certain pace. */
export const demoConfig = ({ pieceDelayMs = 2, plugins = [] }: SceneOptions = {}): string =>
  [
    'plugins:',
    `  - { use: provider-demo, config: { pieceDelayMs: ${pieceDelayMs}, firstPieceDelayMs: 20 } }`,
    ...plugins.map((line) => `  - ${line}`),
    '',
  ].join('\n');

/** Starts a server, signs its administrator up, and starts a browser. */
export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  // One after the other: a browser beside a server that does not start would keep the tests from ending.
  const server = await startParley({ config: demoConfig(options) });
  const browser = await startBrowser(options.browserArguments);
  await register(server, ADA);
  return {
    server,
    browser,
    visitor: (more) => openWindow(browser, server.url, more),
    member: (more, origin) => memberWindow(browser, origin ?? server.url, more),
    async stop() {
      await browser.close();
      await server.stop();
      removeData(server);
    },
  };
}

/** Opens a window whose cookies are those of a fresh sign-in. */
export async function memberWindow(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
  { email, password }: Person = ADA,
): Promise<MemberWindow> {
  const window = await openWindow(browser, origin, options);
  const reply = await window.context.request.post(`${origin}/api/auth/login`, { data: { email, password } });
  if (!reply.ok()) throw new Error(`Sign-in gave ${reply.status()}: ${await reply.text()}`);
  return { ...window, api: createApi(window.context.request, origin) };
}

/** Makes the administrator's account through the printed address. */
export async function register({ url, setupUrl }: ParleyProcess, person: Person): Promise<void> {
  const setupToken = new URL(setupUrl ?? url).searchParams.get('setup') ?? '';
  const reply = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...person, setupToken }),
  });
  if (reply.status !== 201) throw new Error(`Sign-up gave ${reply.status}: ${await reply.text()}`);
}
