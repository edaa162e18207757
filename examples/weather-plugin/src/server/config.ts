import * as z from 'zod';
import { Unit } from '../contract/index.ts';

/** Settings of the weather. Titles and descriptions are what the form in the administration shows. */
export const Config = z
  .object({
    unit: Unit.default('celsius').meta({
      title: 'Unit of temperatures',
      description: 'For people who have not chosen one themselves.',
    }),
    answersWeather: z.boolean().default(true).meta({
      title: 'Show the weather in conversations',
      description: 'Puts a card before the answer to a message that asks about the weather.',
    }),
    defaultPlace: z.string().max(80).optional().meta({
      title: 'Usual place',
      description: 'For people who have not set a home, when they name no place.',
    }),
  })
  .prefault({});
export type Config = z.output<typeof Config>;
