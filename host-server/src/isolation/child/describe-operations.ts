import type { AnyOperation, CallContext, Contract } from '@parley/contracts';
import type { Logger } from '@parley/kernel';
import * as z from 'zod';
import { invalidBySchema } from '../../http/invalid-input.ts';
import { arrayFields } from '../../http/read-query.ts';
import { shapeOutput } from '../../http/shape-output.ts';
import type { OperationFacts } from '../start-message.ts';
import { isIterable } from '../wire/known-values.ts';

type JsonSchema = Readonly<Record<string, unknown>>;
type Handler = (input: unknown, call: CallContext) => unknown;

const toJson = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;

/** An operation as data. */
export function describeOperation(operation: AnyOperation): OperationFacts {
  const { input, output, errors, headers, ...rest } = operation;
  return {
    ...rest,
    ...(headers ? { headers } : {}),
    ...(errors ? { errors: errors.map(({ code, status, template }) => ({ code, status, template })) } : {}),
    input: toJson(input, 'input'),
    output: toJson(output, 'output'),
    arrays: [...arrayFields(input)],
  };
}

/** What every handler of a contract needs of its surroundings. */
export interface HandlerParts {
  readonly contract: Contract;
  readonly strict: boolean;
  readonly log: Logger;
}

const isFrames = (item: unknown): boolean => typeof item === 'object' && item !== null && 'sseFrames' in item;

async function* checked(events: AsyncIterable<unknown>, check: (event: unknown) => unknown): AsyncGenerator {
  for await (const event of events) yield isFrames(event) ? event : check(event);
}

/** A handler between the real schemas: its input is parsed and its output shaped here, where they are. */
export function wrapHandler({ contract, strict, log }: HandlerParts, name: string, handler: Handler): Handler {
  const operation = contract.operations[name] as AnyOperation;
  const label = `${contract.id}.${name}`;
  return async (raw, call) => {
    const parsed = operation.input.safeParse(raw);
    if (!parsed.success) throw invalidBySchema(parsed.error);
    const result = await handler(parsed.data, call);
    if (!operation.stream) return shapeOutput(operation, label, result, { strict, log });
    if (!strict || !isIterable(result)) return result;
    return checked(result, (event) => shapeOutput(operation, label, event, { strict: true, log }));
  };
}
