import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';

const Vertex = z.object({
  project: z
    .string()
    .regex(/^[\w:.-]+$/)
    .describe('Project in Google Cloud.'),
  location: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('global')
    .describe('Where the models run: `global`, `us`, `eu`, or a region such as `europe-west1`.'),
  credentials: secret().describe('The key file of a service account, or a workload identity configuration: its JSON.'),
});
export type Vertex = z.output<typeof Vertex>;

const WebSearch = z.object({
  maxUses: z.number().int().min(1).max(50).default(8).describe('Most searches for one answer.'),
  allowedDomains: z.array(z.string().min(1)).min(1).optional().describe('Only pages of these sites.'),
  blockedDomains: z.array(z.string().min(1)).min(1).optional().describe('No page of these sites.'),
});

const VERTEX_HOSTS: Readonly<Record<string, string>> = {
  global: 'aiplatform.googleapis.com',
  us: 'aiplatform.us.rep.googleapis.com',
  eu: 'aiplatform.eu.rep.googleapis.com',
};

const addressOf = (vertex: Vertex | undefined): string =>
  vertex === undefined
    ? 'https://api.anthropic.com'
    : `https://${VERTEX_HOSTS[vertex.location] ?? `${vertex.location}-aiplatform.googleapis.com`}/v1`;

/** Settings of one Anthropic account; use the plugin several times under different ids for several accounts. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('anthropic')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('Anthropic').describe('Name for people.'),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Address of the server: without the version for the API, with it for Vertex AI.'),
    apiKey: secret().optional().describe('Without it, people and administrators give keys in the page.'),
    vertex: Vertex.optional().describe('The models of Vertex AI in place of the API; no key is asked from anybody.'),
    models: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The models to offer; asked from the server without it. Vertex AI can not be asked.'),
    maxOutputTokens: z
      .number()
      .int()
      .min(1)
      .default(16_384)
      .describe('Longest answer where the message does not say, tokens; never more than the model gives.'),
    promptCache: z
      .enum(['off', '5m', '1h'])
      .default('5m')
      .describe('How long the server keeps the beginning of a conversation, so that it costs less the next time.'),
    citeDocuments: z.boolean().default(true).describe('Whether answers name the places in documents they rest on.'),
    webSearch: WebSearch.prefault({}).describe('How the models search the web, where that is wished.'),
    betas: z
      .array(z.string().regex(/^[a-z0-9-]+$/))
      .default([])
      .describe('Names of features in preview to ask for.'),
    ...limitSettings,
  })
  .refine(({ vertex, models }) => vertex === undefined || models !== undefined, {
    path: ['models'],
    message: 'Vertex AI can not be asked for its models: name them',
  })
  .transform(({ baseUrl, ...rest }) => ({ ...rest, baseUrl: baseUrl ?? addressOf(rest.vertex) }))
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in. */
export const CredentialFields = z.object({ apiKey: secret().describe('API key') });
