import { defineSlot } from '@parley/contracts';
import * as z from 'zod';

/** A part of one provider on the page where models are administered: its shared key, for example. */
export const providerPart = defineSlot({
  id: 'admin.provider',
  arity: 'many',
  summary: 'A part of one provider where models are administered.',
  props: z.object({
    /** First half of the ids of its models. */
    provider: z.string(),
    title: z.string(),
  }),
});

/** A tab of the page where models are administered, under its title: names for models, for example. */
export const modelsTab = defineSlot({
  id: 'admin.models.tab',
  arity: 'many',
  summary: 'A tab of the page where models are administered; its id stands in the URL.',
  props: z.object({}),
});
