import { toolErrors } from '@parley/contracts';
import type { Tool, ToolSource } from '@parley/contracts';
import * as z from 'zod';
import { REPORT_PART, Unit } from '../contract/index.ts';
import { PLACES, reportOf, sentenceOf } from './almanac.ts';

const Input = z.strictObject({
  place: z.string().min(1).max(80).describe('Name of a city.'),
  unit: Unit.default('celsius').describe('Unit of the temperatures.'),
});

const getWeather: Tool = {
  name: 'get_weather',
  title: 'Weather',
  description: `Tells the weather in a city now. Known are: ${PLACES.join(', ')}.`,
  inputSchema: z.toJSONSchema(Input, { io: 'input' }),
  isReadOnly: true,
};

/** The weather as a tool: the model reads a sentence, people see a card. */
export const createTools = (): ToolSource => ({
  list: () => Promise.resolve([getWeather]),
  async call(name, input, _call, signal) {
    signal.throwIfAborted();
    if (name !== getWeather.name) throw toolErrors.NOT_FOUND({ tool: name, known: [getWeather.name] });
    const parsed = Input.safeParse(input);
    if (!parsed.success) throw toolErrors.INVALID_INPUT({ tool: name, reason: z.prettifyError(parsed.error) });
    const { place, unit } = parsed.data;
    const report = reportOf(place, unit);
    if (!report) throw toolErrors.FAILED({ tool: name, reason: `the weather in ${place} is not known` });
    return { text: sentenceOf(report), parts: [{ type: REPORT_PART, data: report }] };
  },
});
