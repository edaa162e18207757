import { EmbeddingModel, ImageModel, secret, SpeakingModel, TranscriptionModel } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';

const OPENAI_HOST = 'api.openai.com';

/** The ways in which these servers are asked for an answer. */
const ApiKind = z.enum(['responses', 'chat-completions', 'assistants']);
export type ApiKind = z.output<typeof ApiKind>;

/** Kinds of files that can go with a message. */
const FileKind = z.enum(['images', 'pdf', 'text']);
export type FileKind = z.output<typeof FileKind>;

/** An application that is registered in Microsoft Entra, in place of a key. */
const Entra = z.object({
  tenantId: z.string().min(1).describe('Directory of the application.'),
  clientId: z.string().min(1).describe('The application.'),
  clientSecret: secret().describe('Its client secret.'),
  scope: z
    .string()
    .min(1)
    .default('https://cognitiveservices.azure.com/.default')
    .describe('What the tokens are good for.'),
});
export type Entra = z.output<typeof Entra>;

const Azure = z.object({
  apiVersion: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/)
    .optional()
    .describe('Asks deployments by their paths with this `api-version`; the v1 surface is used without it.'),
  entra: Entra.optional().describe('Asks with short-lived tokens in place of a key.'),
});

/** Settings of one server; use the plugin several times under different ids for several servers. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('openai')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('OpenAI').describe('Name for people.'),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default(`https://${OPENAI_HOST}/v1`)
      .describe('Address of the server, up to its version; for Azure, that of the resource.'),
    apiKey: secret()
      .optional()
      .describe('Absent for servers that want none; people and administrators may also give keys in the page.'),
    api: ApiKind.optional().describe(
      'How the server is asked; `responses` for OpenAI and Azure, `chat-completions` for others without it.',
    ),
    models: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The models to offer, for Azure its deployments; asked from the server without it.'),
    reads: z
      .array(FileKind)
      .optional()
      .describe(
        'Kinds of files that the server takes; models hear only the names of others. `pdf` is at OpenAI and Azure only without it.',
      ),
    azure: Azure.optional().describe('The server is an Azure OpenAI resource; `{}` is enough.'),
    family: z
      .string()
      .min(1)
      .optional()
      .describe('Section of the catalogue that its models are looked up in; `openai` for OpenAI and Azure.'),
    embeddingModels: z
      .array(EmbeddingModel)
      .optional()
      .describe('Models that make vectors; those of OpenAI at OpenAI, none elsewhere without it.'),
    imageModels: z
      .array(ImageModel)
      .optional()
      .describe('Models that make pictures; those of OpenAI at OpenAI, none elsewhere without it.'),
    transcriptionModels: z
      .array(TranscriptionModel)
      .optional()
      .describe('Models that write recordings down; those of OpenAI at OpenAI, none elsewhere without it.'),
    speakingModels: z
      .array(SpeakingModel)
      .optional()
      .describe('Models that read texts; those of OpenAI at OpenAI, none elsewhere without it.'),
    imageTimeoutMs: z.number().int().min(100).max(600_000).default(300_000).describe('Longest wait for a picture.'),
    organization: z.string().min(1).optional().describe('Organization that requests are counted for.'),
    project: z.string().min(1).optional().describe('Project that requests are counted for.'),
    headers: z.record(z.string(), z.string()).default({}).describe('Headers that go with every request.'),
    ...limitSettings,
    // Models that reason may say nothing for minutes.
    idleTimeoutMs: limitSettings.idleTimeoutMs
      .unwrap()
      .default(300_000)
      .describe('Longest wait between two pieces of an answer.'),
  })
  .refine(({ azure, models, api }) => !azure || models || api === 'assistants', {
    path: ['models'],
    message: 'Azure does not tell its deployments; name them here',
  })
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in. */
export const CredentialFields = z.object({ apiKey: secret().describe('API key') });

/** Whether the server is OpenAI's own, in any region, or Azure's; other servers may do without a key and know one API only. */
export function isAtHome({ azure, baseUrl }: Pick<Config, 'azure' | 'baseUrl'>): boolean {
  const { hostname } = new URL(baseUrl);
  return azure !== undefined || hostname === OPENAI_HOST || hostname.endsWith(`.${OPENAI_HOST}`);
}

/** Section of the catalogue for the models of these settings; none for servers that nobody knows. */
export const familyOf = (config: Pick<Config, 'family' | 'azure' | 'baseUrl'>): string | undefined =>
  config.family ?? (isAtHome(config) ? 'openai' : undefined);

/** Kinds of files that the server of these settings takes. */
export const readsOf = (config: Pick<Config, 'reads' | 'azure' | 'baseUrl'>): readonly FileKind[] =>
  config.reads ?? (isAtHome(config) ? FileKind.options : ['images', 'text']);

/** How the server of these settings is asked. */
export const apiOf = (config: Pick<Config, 'api' | 'azure' | 'baseUrl'>): ApiKind =>
  config.api ?? (isAtHome(config) ? 'responses' : 'chat-completions');
