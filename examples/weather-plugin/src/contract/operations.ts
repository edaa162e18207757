import { defineContract, op } from '@parley/contracts';
import * as z from 'zod';
import { Unit } from './report.ts';

/** Where somebody is at home, and how they read temperatures. */
export const Home = z.object({ place: z.string().trim().min(1).max(80), unit: Unit });
export type Home = z.output<typeof Home>;

/** Reading and changing the own home, and the places there are. */
export const weatherContract = defineContract('weather', '1.0.0', {
  places: op({
    method: 'GET',
    path: '/places',
    access: 'user',
    summary: 'The places whose weather is known.',
    input: z.object({}),
    output: z.object({ items: z.array(z.string()) }),
  }),
  home: op({
    method: 'GET',
    path: '/home',
    access: 'user',
    summary: 'The own home, where one was set.',
    input: z.object({}),
    output: z.object({ home: Home.optional() }),
  }),
  setHome: op({
    method: 'PUT',
    path: '/home',
    access: 'user',
    summary: 'Sets the own home.',
    input: Home,
    output: Home,
  }),
});
