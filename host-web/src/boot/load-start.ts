import { type ClientConfig, hostContract, type UiManifest } from '@parley/contracts';
import { createClient } from '@parley/web/client';
import { messages } from '../messages.ts';

/** What the shell asks before it draws: who the server is, and which plugins have a web side. */
export interface Start {
  readonly config: ClientConfig;
  readonly manifest: UiManifest;
}

/** Longest wait for what the page is laid out from, milliseconds. */
export const START_LIMIT_MS = 8_000;

/** @throws CLIENT_OFFLINE, what the server says, or that it did not answer in time */
export async function loadStart(limitMs = START_LIMIT_MS): Promise<Start> {
  const client = createClient(hostContract);
  const signal = AbortSignal.timeout(limitMs);
  try {
    const [config, manifest] = await Promise.all([client.config({}, { signal }), client.uiManifest({}, { signal })]);
    return { config, manifest };
  } catch (error) {
    throw signal.aborted ? new Error(messages.startTooSlow, { cause: error }) : error;
  }
}
