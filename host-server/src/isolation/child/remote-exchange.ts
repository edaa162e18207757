import type { HttpExchange } from '@parley/contracts';
import { isolationErrors } from '../isolation-errors.ts';

/** The HTTP side of a call in a child: what the host shows of it. Credentials and cookies stay in the host. */
export function createRemoteExchange(pluginId: string, facts: Readonly<Record<string, unknown>>): HttpExchange {
  const headers = facts['headers'] as Readonly<Record<string, string>>;
  const setHeader = facts['setHeader'] as (name: string, value: string) => Promise<void>;
  const refuse = (what: string): never => {
    const reason = 'cookies and credentials stay in the host; run the plugin inline';
    throw isolationErrors.UNSUPPORTED({ plugin: pluginId, what, reason });
  };
  return {
    method: String(facts['method']),
    path: String(facts['path']),
    ip: String(facts['ip']),
    isSecure: facts['isSecure'] === true,
    header: (name) => headers[name.toLowerCase()],
    cookie: () => undefined,
    setCookie: () => refuse('http.setCookie'),
    clearCookie: () => refuse('http.clearCookie'),
    setHeader: (name, value) => void setHeader(name, value).catch(() => undefined),
  };
}
