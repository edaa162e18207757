import { isIP } from 'node:net';
import type { Agent, request as undiciRequest } from 'undici';
import { hostErrors } from '../host-errors.ts';
import { createCheckedLookup } from './checked-lookup.ts';
import type { Resolve } from './checked-lookup.ts';
import { deniedAddress } from './denied-address.ts';
import { nextHop } from './redirect.ts';
import type { Hop } from './redirect.ts';
import { sendRequest } from './send-request.ts';

const MAX_REDIRECTS = 5;

/** The egress clients of all plugins; they share their connections. */
export interface Egress {
  /**
   * A `fetch` that reaches only the named hosts. Shape: `api.example.com` stands for https on its own port at public
   * addresses; an origin such as `http://127.0.0.1:8080`, which only an operator's setting gives, for that origin
   * wherever it is.
   */
  fetchFor(pluginId: string, allowed: readonly string[]): typeof fetch;
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
    fetchFor: (plugin, allowed) => {
      const rules = readRules(allowed);
      return (input, init) => follow(getClient, { plugin, ...rules }, toHop(input, init));
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
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

const readRules = (allowed: readonly string[]): Omit<Rules, 'plugin'> => ({
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
    const response = await sendRequest({ request, dispatcher: isOpen ? open : guarded }, hop.url, hop.init);
    const next = nextHop(hop, response.status, response.headers.get('location'));
    if (!next || hop.init.redirect === 'manual') return response;
    await response.body?.cancel();
    hop = next;
  }
  throw hostErrors.EGRESS_DENIED({ plugin: rules.plugin, host, reason: `more than ${MAX_REDIRECTS} redirects` });
}

/** Whether the operator opened this very origin. @throws HOST_EGRESS_UNDECLARED, HOST_EGRESS_DENIED */
function checkHop({ plugin, hosts, origins }: Rules, url: URL): boolean {
  if (origins.has(url.origin)) return true;
  const { host, hostname, protocol } = url;
  if (!hosts.has(host)) throw hostErrors.EGRESS_UNDECLARED({ plugin, host });
  if (protocol !== 'https:') throw hostErrors.EGRESS_DENIED({ plugin, host, reason: 'only https is allowed' });
  const bare = hostname.replace(/^\[|\]$/g, '');
  const reason = isIP(bare) ? deniedAddress(bare) : undefined;
  if (reason !== undefined) throw hostErrors.EGRESS_DENIED({ plugin, host, reason });
  return false;
}
