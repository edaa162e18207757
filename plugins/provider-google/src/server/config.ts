import { secret } from '@parley/contracts';
import { limitSettings } from '@parley/provider';
import * as z from 'zod';

const GEMINI_URL = 'https://generativelanguage.googleapis.com';
const METADATA_URL = 'http://metadata.google.internal';
/** Locations that are a part of the world, not a region. */
const PARTS_OF_THE_WORLD: readonly string[] = ['us', 'eu'];

const address = z.url({ protocol: /^https?$/ });
const Block = z.enum(['off', 'none', 'high', 'medium', 'low']);

/** Where Vertex AI answers in a location. */
function vertexUrl(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (PARTS_OF_THE_WORLD.includes(location)) return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}

/** Settings of one Gemini API key or Google Cloud project; use the plugin several times under different ids for several. */
export const Config = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('google')
      .describe('First half of the ids of its models: `<key>/<model>`.'),
    title: z.string().min(1).max(80).default('Google').describe('Name for people.'),
    baseUrl: address.optional().describe('Address of the server, without the version; that of Google without it.'),
    apiKey: secret()
      .optional()
      .describe('Key of the Gemini API; without it, people and administrators give keys in the page.'),
    project: z
      .string()
      .regex(/^[a-z0-9.:-]{1,100}$/)
      .optional()
      .describe('Project of Google Cloud; with it, the models are those of Vertex AI.'),
    location: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('global')
      .describe('Where Vertex AI answers, such as `europe-west4`, `eu` or `global`.'),
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
      .describe('The models to offer; asked from the server without it.'),
    safety: z
      .object({
        harassment: Block.optional(),
        hateSpeech: Block.optional(),
        sexuallyExplicit: Block.optional(),
        dangerousContent: Block.optional(),
      })
      .default({})
      .describe(
        'From which probability of harm on the server blocks an answer: `low`, `medium`, `high`, `none`, `off`.',
      ),
    ...limitSettings,
  })
  .transform((settings) => ({
    ...settings,
    // The egress client opens what stands here.
    baseUrl: settings.baseUrl ?? (settings.project === undefined ? GEMINI_URL : vertexUrl(settings.location)),
    ...(settings.applicationDefault ? { metadataUrl: settings.metadataUrl ?? METADATA_URL } : {}),
  }))
  .prefault({});
export type Config = z.output<typeof Config>;

/** What a person or the operator fills in for the Gemini API. */
export const KeyFields = z.object({ apiKey: secret().describe('API key') });
/** What a person or the operator fills in for Vertex AI. */
export const AccountFields = z.object({ serviceAccount: secret().describe('Key file of a service account (JSON)') });

/** Parameters a message may carry for these models. */
export const Parameters = z.strictObject({
  temperature: z.number().min(0).max(2).optional().describe('How much chance there is in the choice of words.'),
  topP: z.number().min(0).max(1).optional().describe('Only words that together are as likely as this.'),
  topK: z.number().int().min(1).optional().describe('Only so many of the likeliest words.'),
  maxOutputTokens: z.number().int().min(1).optional().describe('Longest answer, thoughts included. Unit: tokens.'),
  seed: z.number().int().optional().describe('The same number gives much the same answer.'),
  thoughts: z.boolean().optional().describe('Whether a summary of the thoughts is shown; yes for models that think.'),
  thinkingLevel: z
    .enum(['minimal', 'low', 'medium', 'high'])
    .optional()
    .describe('How long the model thinks, for Gemini 3 and later.'),
  thinkingBudget: z
    .number()
    .int()
    .min(-1)
    .optional()
    .describe('How much the model may think, for Gemini 2.5: 0 is not at all, -1 as it likes. Unit: tokens.'),
  mediaResolution: z
    .enum(['low', 'medium', 'high'])
    .optional()
    .describe('How closely pictures, pages and films are looked at.'),
  pictures: z.boolean().optional().describe('Answer with pictures too, for models that make them.'),
  aspectRatio: z
    .enum(['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'])
    .optional()
    .describe('Shape of pictures.'),
  imageSize: z.enum(['1K', '2K', '4K']).optional().describe('Size of pictures.'),
});
export type Parameters = z.output<typeof Parameters>;
