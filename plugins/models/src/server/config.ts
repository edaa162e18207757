import * as z from 'zod';

/** Settings of the model directory. */
export const Config = z
  .object({
    modelListSeconds: z
      .number()
      .min(0)
      .default(60)
      .describe("How long a provider's list of models is used before it is asked again, seconds."),
  })
  .prefault({});
