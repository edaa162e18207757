import { isIP } from 'node:net';
import type { Agent, request as undiciRequest } from 'undici';
import { hostErrors } from '../host-errors.ts';
import type { NetworkAccess } from '@parley/kernel';
import { AddressDenied, createCheckedLookup } from './checked-lookup.ts';
import type { Resolve } from './checked-lookup.ts';
import { deniedAddress } from './denied-address.ts';
import { nextHop } from './redirect.ts';
import type { Hop } from './redirect.ts';
import { sendRequest } from './send-request.ts';

const MAX_REDIRECTS = 5;

/** The egress clients of all plugins; they share their connections. */
export interface Egress {
  /**
   * A `fetch` that reaches only what is allowed; `access` gives the error for anything else, redirects included. Shape:
   * `api.example.com` stands for https on its own port at public addresses; an origin such as `http://127.0.0.1:8080` for
   * that origin wherever it is.
   */
  fetchFor(pluginId: string, access: NetworkAccess): typeof fetch;
  close(): Promise<void>;
}

interface Client {
  readonly request: typeof undiciRequest;
  /** Connects to public addresses only, and to any. */
  readonly guarded: Agent;
  readonly open: Agent;
}

/** @param resolve how names become addresses; the system's way without it */
export function createEgress(resolve?: Resolve): Egress {
  let client: Promise<Client> | undefined;
  const getClient = () => (client ??= loadClient(resolve));
  return {
    fetchFor: (plugin, access) => {
      const rules = { plugin, access, ...readRules(access.allowed) };
      return (input, init) => follow(getClient, rules, toHop(input, init));
    },
    async close() {
      const opened = await client;
      await Promise.all([opened?.guarded.destroy(), opened?.open.destroy()]);
    },
  };
}

/** Loaded at the first call: most starts never call out. */
async function loadClient(resolve?: Resolve): Promise<Client> {
  const { Agent, request } = await import('undici');
  return { request, open: new Agent(), guarded: new Agent({ connect: { lookup: createCheckedLookup(resolve) } }) };
}

interface Rules {
  readonly plugin: string;
  readonly access: NetworkAccess;
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

const readRules = (allowed: readonly string[]): Omit<Rules, 'plugin' | 'access'> => ({
  hosts: new Set(allowed.filter((entry) => !entry.includes('://')).map((host) => host.toLowerCase())),
  origins: new Set(allowed.filter((entry) => entry.includes('://')).map((url) => new URL(url).origin)),
});

function toHop(input: string | URL | Request, init: RequestInit = {}): Hop {
  const request = typeof input === 'string' || input instanceof URL ? undefined : input;
  const base: RequestInit = request
    ? { method: request.method, headers: request.headers, signal: request.signal, body: request.body }
    : {};
  const merged = { ...base, ...init };
  const url = new URL(request ? request.url : (input as string | URL));
  return { url, init: { ...merged, headers: new Headers(merged.headers) } };
}

async function follow(getClient: () => Promise<Client>, rules: Rules, start: Hop): Promise<Response> {
  const host = start.url.host;
  let hop = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const isOpen = checkHop(rules, hop.url);
    const { request, guarded, open } = await getClient();
    const sending = sendRequest({ request, dispatcher: isOpen ? open : guarded }, hop.url, hop.init);
    const response = await sending.catch((error: unknown) => {
      throw refusalOf(error, rules, hop.url) ?? error;
    });
    const next = nextHop(hop, response.status, response.headers.get('location'));
    if (!next || hop.init.redirect === 'manual') return response;
    await response.body?.cancel();
    hop = next;
  }
  throw hostErrors.EGRESS_DENIED({ plugin: rules.plugin, host, reason: `more than ${MAX_REDIRECTS} redirects` });
}

/** Whether the operator opened this very origin. @throws KERNEL_UNDECLARED, KERNEL_NOT_GRANTED, HOST_EGRESS_DENIED */
function checkHop({ plugin, access, hosts, origins }: Rules, url: URL): boolean {
  if (origins.has(url.origin)) return true;
  const { host, hostname, protocol } = url;
  if (!hosts.has(host)) throw access.refuse(url);
  const deny = (reason: string) => access.refuse(url, hostErrors.EGRESS_DENIED({ plugin, host, reason }));
  if (protocol !== 'https:') throw deny('only https is allowed');
  const bare = hostname.replace(/^\[|\]$/g, '');
  const reason = isIP(bare) ? deniedAddress(bare) : undefined;
  if (reason !== undefined) throw deny(reason);
  return false;
}

/** The refusal behind a failed request: its name turned out to stand for an address that nobody may reach. */
function refusalOf(error: unknown, { plugin, access }: Rules, url: URL): Error | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof AddressDenied)) return undefined;
  const { host } = url;
  return access.refuse(url, hostErrors.EGRESS_DENIED({ plugin, host, reason: cause.message }, cause));
}
