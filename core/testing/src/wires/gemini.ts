import * as z from 'zod';
import { base64, spoken, wireCheck } from './wire-check.ts';

/** What Google lets stand in for the signature of a call that another model made. */
const UNSIGNED = 'skip_thought_signature_validator';

const signature = { thoughtSignature: z.string().min(1).optional() };
const record = z.record(z.string(), z.unknown());
const toolName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}$/);
const part = z.union([
  z.strictObject({ text: spoken, thought: z.boolean().optional(), ...signature }),
  z.strictObject({ inlineData: z.looseObject({ mimeType: z.string().includes('/'), data: base64 }) }),
  z.strictObject({
    functionCall: z.strictObject({ id: z.string().optional(), name: toolName, args: record }),
    ...signature,
  }),
  z.strictObject({ functionResponse: z.strictObject({ id: z.string().optional(), name: toolName, response: record }) }),
]);
const Body = z.looseObject({
  contents: z.array(z.strictObject({ role: z.enum(['user', 'model']), parts: z.array(part).min(1) })).min(1),
});
type Turn = z.output<typeof Body>['contents'][number];

const callsOf = ({ parts }: Turn) => parts.flatMap((each) => ('functionCall' in each ? [each] : []));
const resultsOf = ({ parts }: Turn) => parts.flatMap((each) => ('functionResponse' in each ? [each] : []));

/** Requests for content of Gemini. */
export const checkGemini = wireCheck(Body, function* check({ contents }, { opaque }) {
  if (contents[0]?.role !== 'user' || contents.at(-1)?.role !== 'user') {
    yield 'contents: must begin and end with the user';
  }
  const lastAsked = contents.findLastIndex((turn) => turn.role === 'user' && resultsOf(turn).length === 0);
  for (const [index, turn] of contents.entries()) {
    const before = contents[index - 1];
    if (before?.role === turn.role) yield `contents.${index}: two turns of the ${turn.role} in a row`;
    const asked = before ? callsOf(before).map(({ functionCall }) => functionCall.name) : [];
    const given = resultsOf(turn).map(({ functionResponse }) => functionResponse.name);
    if (asked.join() !== given.join())
      yield `contents.${index}: results of ${given.join()} for calls of ${asked.join()}`;
    for (const each of turn.parts) {
      const sign = 'thoughtSignature' in each ? each.thoughtSignature : undefined;
      if (sign !== undefined && sign !== UNSIGNED && !opaque.has(sign)) {
        yield `contents.${index}: corrupted thought signature`;
      }
    }
    const [first] = callsOf(turn);
    if (index > lastAsked && first && first.thoughtSignature === undefined) {
      yield `contents.${index}: the first call of the present turn has no thought_signature`;
    }
  }
});
