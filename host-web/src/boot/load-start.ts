import { type ClientConfig, hostContract, type UiManifest } from '@parley/contracts';
import { createClient } from '@parley/web/client';

/** What the shell asks before it draws: who the server is, and which plugins have a web side. */
export interface Start {
  readonly config: ClientConfig;
  readonly manifest: UiManifest;
}

/** @throws CLIENT_OFFLINE, or what the server says */
export async function loadStart(): Promise<Start> {
  const client = createClient(hostContract);
  const [config, manifest] = await Promise.all([client.config({}), client.uiManifest({})]);
  return { config, manifest };
}
