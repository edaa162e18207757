import * as z from 'zod';

const modelId = (says: string) =>
  z
    .string()
    .regex(/^[^/]+\/.+$/, 'expected <provider>/<model>')
    .optional()
    .describe(says);

/** Settings of speech. */
export const Config = z
  .object({
    transcriptionModel: modelId(
      'Model that writes recordings down, `<provider>/<model>`; the first there is without it.',
    ),
    speakingModel: modelId('Model that reads aloud, `<provider>/<model>`; the first there is without it.'),
    voice: z.string().min(1).optional().describe('Id of the voice that reads; the first of the model without it.'),
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .optional()
      .describe('What people speak, as ISO 639-1; the model finds out without it.'),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
