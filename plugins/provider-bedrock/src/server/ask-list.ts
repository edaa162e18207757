import type { HttpRequest } from '@smithy/types';
import type { ModelInfo } from '@parley/contracts';
import type { Access } from './access.ts';
import type { BedrockFailure } from './bedrock-errors.ts';
import { toUrl } from './fetch-handler.ts';
import { FoundationModels, InferenceProfiles, toModels } from './model-list.ts';

const MOST_PAGES = 20;

interface Asking {
  readonly access: Access;
  readonly fetch: typeof globalThis.fetch;
  /** In place of the region's own address. */
  readonly listUrl: string | undefined;
}

/** Signs a request with the SDK's own signer and credentials, or with the API key. */
async function sign({ client: { config } }: Access, request: HttpRequest): Promise<HttpRequest> {
  const [scheme] = await config.authSchemePreference();
  if (scheme !== 'httpBearerAuth') return (await config.signer()).sign(request);
  const identity = await config.token?.({});
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${identity?.token ?? ''}` } };
}

interface Said {
  readonly message?: string;
  readonly Message?: string;
  readonly __type?: string;
}

async function failureOf(response: Response): Promise<Error & BedrockFailure> {
  const said = (await response.json().catch(() => ({}))) as Said;
  const type = response.headers.get('x-amzn-errortype') ?? said.__type ?? '';
  // As `Name:address` in the header, and as `namespace#Name` in the body.
  const name = type.split(':')[0]?.split('#').at(-1) ?? '';
  return Object.assign(new Error(said.message ?? said.Message ?? ''), {
    name,
    status: response.status,
    headers: Object.fromEntries(response.headers),
  });
}

/** Asks the control API of Bedrock, which the SDK of the runtime does not speak. */
async function get(
  { access, fetch, listUrl }: Asking,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  const base = new URL(listUrl ?? `https://bedrock.${access.region}.amazonaws.com`);
  const signed = await sign(access, {
    method: 'GET',
    protocol: base.protocol,
    hostname: base.hostname,
    ...(base.port === '' ? {} : { port: Number(base.port) }),
    path: `${base.pathname.replace(/\/$/, '')}${path}`,
    query: { ...query },
    headers: { host: base.host, accept: 'application/json' },
  });
  const response = await fetch(toUrl(signed), { headers: signed.headers, redirect: 'manual', signal });
  if (!response.ok) throw await failureOf(response);
  return response.json();
}

async function listProfiles(asking: Asking, type: string, signal: AbortSignal) {
  const all = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { maxResults: '1000', type, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = InferenceProfiles.parse(await get(asking, '/inference-profiles', query, signal));
    all.push(...answer.inferenceProfileSummaries);
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  return all;
}

/** Asks whether the credentials are good, at no cost. @throws what AWS answers to bad ones */
export async function askForModels(asking: Asking, signal: AbortSignal): Promise<void> {
  await get(asking, '/foundation-models', { byOutputModality: 'TEXT' }, signal);
}

/** The models and inference profiles of the account; profiles are left out where they may not be listed. */
export async function listModels(asking: Asking, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const profilesOf = (type: string) =>
    listProfiles(asking, type, signal).catch((error: unknown) => {
      if ((error as BedrockFailure).name === 'AccessDeniedException') return [];
      throw error;
    });
  const [models, ...profiles] = await Promise.all([
    get(asking, '/foundation-models', {}, signal),
    profilesOf('SYSTEM_DEFINED'),
    profilesOf('APPLICATION'),
  ]);
  return toModels(FoundationModels.parse(models).modelSummaries, profiles.flat());
}
