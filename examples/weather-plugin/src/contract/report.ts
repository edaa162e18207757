import * as z from 'zod';

/** Type of the message part that shows a report: `x.<plugin>.<name>`. */
export const REPORT_PART = 'x.weather.report';

/** How temperatures are told. */
export const Unit = z.enum(['celsius', 'fahrenheit']);
export type Unit = z.output<typeof Unit>;

/** The weather in one place. Units: temperatures in `unit`, wind in km/h. */
export const Report = z.object({
  place: z.string(),
  sky: z.enum(['sun', 'clouds', 'rain', 'snow']),
  temperature: z.number(),
  low: z.number(),
  high: z.number(),
  windKmh: z.number(),
  unit: Unit,
});
export type Report = z.output<typeof Report>;
