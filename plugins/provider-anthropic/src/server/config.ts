import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';

const WebSearch = z.object({
  maxUses: z.number().int().min(1).max(50).default(8).describe('Most searches for one answer.'),
  allowedDomains: z.array(z.string().min(1)).min(1).optional().describe('Only pages of these sites.'),
  blockedDomains: z.array(z.string().min(1)).min(1).optional().describe('No page of these sites.'),
});

const API_URL = 'https://api.anthropic.com';
const METADATA_URL = 'http://metadata.google.internal';
/** Locations that are a part of the world, not a region. */
const PARTS_OF_THE_WORLD: readonly string[] = ['us', 'eu'];

const address = z.url({ protocol: /^https?$/ });

/** Where Vertex AI answers in a location. */
function vertexUrl(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com/v1';
  if (PARTS_OF_THE_WORLD.includes(location)) return `https://aiplatform.${location}.rep.googleapis.com/v1`;
  return `https://${location}-aiplatform.googleapis.com/v1`;
}

/** Settings of one Anthropic account; use the plugin several times under different ids for several accounts. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('anthropic')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('Anthropic').describe('Name for people.'),
    baseUrl: address
      .optional()
      .describe('Address of the server: without the version for the API, with it for Vertex AI.'),
    apiKey: secret().optional().describe('Without it, people and administrators give keys in the page.'),
    project: z
      .string()
      .regex(/^[a-z0-9.:-]{1,100}$/)
      .optional()
      .describe('Project of Google Cloud; with it, the models are those of Vertex AI.'),
    location: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('global')
      .describe('Where Vertex AI answers, such as `europe-west1`, `eu` or `global`.'),
    serviceAccount: secret()
      .optional()
      .describe('Key file of a service account for Vertex AI, as text; people may give keys of their own in the page.'),
    applicationDefault: z
      .boolean()
      .default(false)
      .describe('Use Vertex AI as this machine: by GOOGLE_APPLICATION_CREDENTIALS, gcloud or the metadata server.'),
    metadataUrl: address
      .optional()
      .describe('Address of the metadata server for `applicationDefault`; that of Google Cloud without it.'),
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
  .refine(({ project, models }) => project === undefined || models !== undefined, {
    path: ['models'],
    message: 'Vertex AI can not be asked for its models: name them',
  })
  .transform((settings) => ({
    ...settings,
    // The egress client opens what stands here.
    baseUrl: settings.baseUrl ?? (settings.project === undefined ? API_URL : vertexUrl(settings.location)),
    ...(settings.applicationDefault ? { metadataUrl: settings.metadataUrl ?? METADATA_URL } : {}),
  }))
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in for the API. */
export const KeyFields = z.object({ apiKey: secret().describe('API key') });
/** What a person or the operator fills in for Vertex AI. */
export const AccountFields = z.object({ serviceAccount: secret().describe('Key file of a service account (JSON)') });
