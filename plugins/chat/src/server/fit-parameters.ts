import type { ModelEvent } from '@parley/contracts';
import type { ModelDirectory } from '@parley/plugin-models/contract';
import * as z from 'zod';
import type { LiveRun } from './live-run.ts';

/** The parameters a model is asked with, and what is to be told of those it is not. */
export interface FittedParameters {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly notices: readonly ModelEvent[];
}

type Schema = Parameters<typeof z.fromJSONSchema>[0];

function fits(schema: unknown, value: unknown): boolean {
  if (schema === undefined) return false;
  try {
    return z.fromJSONSchema(schema as Schema).safeParse(value).success;
  } catch {
    // A schema that can't be read decides nothing; the provider checks what it gets.
    return true;
  }
}

/** The parameters of a run as the model takes them that is asked now. They were given for the model that was picked. */
export async function fitParameters(
  models: Pick<ModelDirectory, 'parameters'>,
  run: LiveRun,
): Promise<FittedParameters> {
  const { model: wanted, parameters } = run.admitted;
  const { model, call } = run;
  const given = Object.entries(parameters);
  if (model === wanted || given.length === 0) return { parameters, notices: [] };
  const { properties = {} } = await models.parameters(call.principal, model, call.signal);
  const known = properties as Readonly<Record<string, unknown>>;
  const isTaken = ([name, value]: readonly [string, unknown]) => Object.hasOwn(known, name) && fits(known[name], value);
  const left = given.filter((entry) => !isTaken(entry)).map(([name]) => name);
  if (left.length === 0) return { parameters, notices: [] };
  const text = `${model} is asked without what it does not take: ${left.join(', ')}.`;
  return { parameters: Object.fromEntries(given.filter(isTaken)), notices: [{ type: 'notice', level: 'info', text }] };
}
