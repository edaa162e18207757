import * as z from 'zod';

/** Settings of the keys. */
export const Config = z
  .object({
    keyId: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('k1')
      .describe(
        'Name of the key that new ones are sealed with; under another name, all are sealed again at the start.',
      ),
  })
  .prefault({});
