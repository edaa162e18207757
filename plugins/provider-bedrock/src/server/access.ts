import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import type { Config } from './config.ts';
import { createFetchHandler } from './fetch-handler.ts';

type Identity = Pick<BedrockRuntimeClientConfig, 'credentials' | 'token' | 'authSchemePreference' | 'profile'>;

/** A client of the SDK, bound to one account and region. */
export interface Access {
  readonly client: BedrockRuntimeClient;
  readonly region: string;
}

/** The keys that a person gave, or those of the operator; a field that was left empty is none. */
function keysOf(config: Config, given: Credentials | undefined) {
  if (given === undefined) {
    const { apiKey, accessKeyId, secretAccessKey, sessionToken } = config;
    return {
      apiKey: apiKey?.reveal(),
      accessKeyId,
      secretAccessKey: secretAccessKey?.reveal(),
      sessionToken: sessionToken?.reveal(),
    };
  }
  return {
    apiKey: given['apiKey'] || undefined,
    accessKeyId: given['accessKeyId'] || undefined,
    secretAccessKey: given['secretAccessKey'] || undefined,
    sessionToken: given['sessionToken'] || undefined,
  };
}

/** Who asks. Only what is given counts, never the environment of the server, unless the operator chose its chain. */
function identityOf(config: Config, given: Credentials | undefined): Identity {
  const { apiKey, accessKeyId, secretAccessKey, sessionToken } = keysOf(config, given);
  if (apiKey !== undefined) return { token: { token: apiKey }, authSchemePreference: ['httpBearerAuth'] };
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return {
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      authSchemePreference: ['sigv4'],
    };
  }
  if (given !== undefined || !config.credentialChain) throw modelErrors.NEEDS_KEY({ provider: config.title });
  return { authSchemePreference: ['sigv4'], ...(config.profile === undefined ? {} : { profile: config.profile }) };
}

/** Whether the operator has given what it takes. */
export const hasOperatorKey = ({ apiKey, accessKeyId, secretAccessKey, credentialChain }: Config): boolean =>
  apiKey !== undefined || (accessKeyId !== undefined && secretAccessKey !== undefined) || credentialChain;

function regionOf(config: Config, given: Credentials | undefined): string {
  const region = given?.['region'] || config.region;
  if (region === config.region || config.regions.includes(region)) return region;
  throw modelErrors.BAD_REQUEST({ provider: config.title, reason: `the region ${region} is not one of those offered` });
}

/**
 * Makes clients of the SDK, which is loaded at the first use. The operator's client is kept, and with it what a chain of
 * credentials found.
 */
export function createAccess({ config, fetch }: { readonly config: Config; readonly fetch: typeof globalThis.fetch }) {
  let own: Promise<Access> | undefined;

  const connect = async (given: Credentials | undefined): Promise<Access> => {
    const identity = identityOf(config, given);
    const region = regionOf(config, given);
    const { BedrockRuntimeClient: Client } = await import('@aws-sdk/client-bedrock-runtime');
    const client = new Client({
      ...identity,
      region,
      endpoint: config.baseUrl ?? `https://bedrock-runtime.${region}.amazonaws.com`,
      requestHandler: createFetchHandler(fetch),
      // Repeated by `openUpstream`, the same for every provider.
      maxAttempts: 1,
      retryMode: 'standard',
      defaultsMode: 'standard',
      useDualstackEndpoint: false,
      useFipsEndpoint: false,
      userAgentAppId: '',
    });
    return { client, region };
  };

  /** @throws MODEL_NEEDS_KEY without a key, MODEL_BAD_REQUEST for a region that is not offered */
  return (given: Credentials | undefined): Promise<Access> => {
    if (given !== undefined) return connect(given);
    own ??= connect(undefined).catch((error: unknown) => {
      own = undefined;
      throw error;
    });
    return own;
  };
}
