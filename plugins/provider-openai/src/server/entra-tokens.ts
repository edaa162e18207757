import { modelErrors } from '@parley/contracts';
import * as z from 'zod';
import type { Entra } from './config.ts';

const AUTHORITY = 'https://login.microsoftonline.com';
/** A token is renewed this long before it ends, so that it outlives the request it goes with. */
const MARGIN_MS = 120_000;

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.number().min(0) });

interface Deps {
  readonly provider: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  /** Time now, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Tokens of an application of Microsoft Entra, asked for once and kept while they are good.
 * @throws MODEL_AUTH when the application is refused, MODEL_UNAVAILABLE when nobody answers
 */
export function createEntraTokens(entra: Entra, { provider, fetch, timeoutMs, now = Date.now }: Deps) {
  const body = () =>
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: entra.clientId,
      client_secret: entra.clientSecret.reveal(),
      scope: entra.scope,
    });

  async function ask(): Promise<{ readonly token: string; readonly goodUntil: number }> {
    const url = `${AUTHORITY}/${encodeURIComponent(entra.tenantId)}/oauth2/v2.0/token`;
    const askedAt = now();
    const response = await fetch(url, { method: 'POST', body: body(), signal: AbortSignal.timeout(timeoutMs) });
    if (response.status >= 400 && response.status < 500) {
      throw modelErrors.AUTH({ provider }, new Error(`Entra gave no token: status ${response.status}`));
    }
    const { access_token: token, expires_in: seconds } = Granted.parse(await response.json());
    return { token, goodUntil: askedAt + seconds * 1_000 - MARGIN_MS };
  }

  let asked: ReturnType<typeof ask> | undefined;
  let goodUntil = 0;
  return async (): Promise<string> => {
    if (!asked || now() >= goodUntil) {
      goodUntil = Number.POSITIVE_INFINITY;
      asked = ask();
    }
    const present = asked;
    try {
      const granted = await present;
      if (asked === present) goodUntil = granted.goodUntil;
      return granted.token;
    } catch (error) {
      if (asked === present) asked = undefined;
      const isKnown = error instanceof Error && 'code' in error && error.code === modelErrors.AUTH.code;
      throw isKnown ? error : modelErrors.UNAVAILABLE({ provider }, error);
    }
  };
}
