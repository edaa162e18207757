import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';
import { REGIONS } from './regions.ts';

const url = () => z.url({ protocol: /^https?$/ }).optional();
const region = () => z.string().regex(/^[a-z0-9-]{1,40}$/);

const Guardrail = z.object({
  id: z.string().min(1).describe('Id or ARN.'),
  version: z.string().min(1).default('DRAFT').describe('Number of the version, or `DRAFT`.'),
  trace: z
    .enum(['disabled', 'enabled', 'enabled_full'])
    .default('enabled')
    .describe('Whether it tells what it found; without it, a person only hears that it stepped in.'),
  streamProcessing: z
    .enum(['sync', 'async'])
    .default('sync')
    .describe('`sync` checks each piece before it is shown; `async` is faster and checks after.'),
});

/** Settings of one AWS account in one region; use the plugin several times under different ids for several. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('bedrock')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('Amazon Bedrock').describe('Name for people.'),
    region: region().default('us-east-1').describe('AWS region.'),
    regions: z
      .array(region())
      .min(1)
      .default([...REGIONS])
      .describe('Regions that people may choose for keys of their own.'),
    baseUrl: url().describe("Address of the runtime in place of the region's own, such as a VPC endpoint."),
    listUrl: url().describe("Address that is asked for the models in place of the region's own."),
    apiKey: secret()
      .optional()
      .describe('A Bedrock API key; people and administrators may also give keys in the page.'),
    accessKeyId: z.string().min(1).optional().describe('In place of an API key: id of an access key.'),
    secretAccessKey: secret().optional().describe('The secret of the access key.'),
    sessionToken: secret().optional().describe('Session token of temporary credentials.'),
    credentialChain: z
      .boolean()
      .default(false)
      .describe(
        'Without keys, use what the server itself has: environment, shared files, web identity, container, instance.',
      ),
    profile: z.string().min(1).optional().describe('Profile of the shared files that the credential chain uses.'),
    models: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Ids or ARNs of the models and inference profiles to offer; asked from AWS without it.'),
    guardrail: Guardrail.optional().describe('Checks every prompt and answer.'),
    promptCache: z
      .enum(['off', '5m', '1h'])
      .default('off')
      .describe(
        'How long the beginning of a conversation is kept, for models that can, so that it costs less next time.',
      ),
    documentCitations: z
      .boolean()
      .default(false)
      .describe('Whether models cite the documents of a prompt; only some models can.'),
    maxOutputTokens: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('Longest answer where the message says nothing, tokens; as long as the model can without it.'),
    serviceTier: z
      .enum(['default', 'priority', 'flex', 'reserved'])
      .optional()
      .describe('How requests are served and billed.'),
    latency: z
      .enum(['standard', 'optimized'])
      .optional()
      .describe('`optimized` is faster, for the models that offer it.'),
    additionalFields: z
      .record(z.string(), z.json())
      .default({})
      .describe('Fields of the models themselves, sent with every request: `additionalModelRequestFields`.'),
    ...limitSettings,
    firstByteTimeoutMs: limitSettings.firstByteTimeoutMs
      .unwrap()
      .default(180_000)
      .describe('Longest wait for the first byte of an answer, and for all of it where a model does not stream.'),
    // Models may think for a while without a word.
    idleTimeoutMs: limitSettings.idleTimeoutMs
      .unwrap()
      .default(120_000)
      .describe('Longest wait between two pieces of an answer.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in: an API key, or an access key with its secret. */
export const credentialFields = ({ region: own, regions }: Pick<Config, 'region' | 'regions'>) =>
  z.object({
    apiKey: secret().optional().describe('Of Bedrock. Nothing else is needed with it.'),
    accessKeyId: z.string().optional().describe('In place of an API key, together with its secret.'),
    secretAccessKey: secret().optional(),
    sessionToken: secret().optional().describe('Only for temporary credentials.'),
    region: z.enum(regions).optional().describe(`Where the models run; ${own} without it.`),
  });
