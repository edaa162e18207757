import assert from 'node:assert/strict';
import { isAppError, Part, TOOL_LIMITS, toolErrors } from '@parley/contracts';
import type { ToolResult } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { callOf } from './subject.ts';
import type { KitCall, ToolSourceSubject } from './subject.ts';

type Case = KitCase<ToolSourceSubject>;

const MANY = 8;
const ABORT_WITHIN_MS = 1_000;
const HOSTILE: readonly unknown[] = [undefined, 'text', 7, [], JSON.parse('{"__proto__":{"polluted":true}}')];

function checkResult({ text, parts = [] }: ToolResult): void {
  assert.equal(typeof text, 'string', 'the result has a text');
  for (const part of parts) Part.parse(part);
  const bytes = Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(parts));
  assert.ok(bytes <= TOOL_LIMITS.resultBytes, `the result has ${bytes} bytes, at most ${TOOL_LIMITS.resultBytes}`);
}

const gives: Case = {
  name: 'gives a result of text and valid parts, in bounds',
  run: async (subject) => {
    const { plain } = subject.calls;
    const result = await callOf(subject, plain);
    checkResult(result);
    if (plain.text !== undefined) assert.equal(result.text, plain.text);
  },
};

const givesMany: Case = {
  name: `answers ${MANY} calls at once like one`,
  run: async (subject) => {
    const results = await Promise.all(Array.from({ length: MANY }, () => callOf(subject, subject.calls.plain)));
    for (const result of results) assert.deepEqual(result, results[0]);
  },
};

const refusesUnknown: Case = {
  name: 'refuses a tool it does not have with TOOL_NOT_FOUND',
  run: (subject) => expectCode(toolErrors.NOT_FOUND.code, callOf(subject, { name: 'no-such-tool', input: {} })),
};

const refusesInvalid: Case = {
  name: 'refuses an input that does not fit with TOOL_INVALID_INPUT',
  run: (subject) => expectCode(toolErrors.INVALID_INPUT.code, callOf(subject, subject.calls.invalid)),
};

const survivesHostile: Case = {
  name: 'refuses whatever else a model may send with TOOL_INVALID_INPUT, and goes on',
  run: async (subject) => {
    const { name } = subject.calls.plain;
    for (const input of HOSTILE) {
      try {
        await callOf(subject, { name, input });
      } catch (error) {
        assert.ok(isAppError(error, toolErrors.INVALID_INPUT.code), `${JSON.stringify(input)} gave ${String(error)}`);
      }
    }
    checkResult(await callOf(subject, subject.calls.plain));
  },
};

/** Calls, aborts after `afterMs`, and returns what was thrown and how long after the abort. */
async function abort(
  subject: ToolSourceSubject,
  call: KitCall,
  afterMs: number,
  reason: Error,
): Promise<[unknown, number]> {
  const controller = new AbortController();
  let abortedAtMs = 0;
  const stop = () => {
    abortedAtMs = performance.now();
    controller.abort(reason);
  };
  const timer = afterMs === 0 ? undefined : setTimeout(stop, afterMs);
  if (afterMs === 0) stop();
  try {
    await callOf(subject, call, controller.signal);
    return [undefined, performance.now() - abortedAtMs];
  } catch (error) {
    return [error, performance.now() - abortedAtMs];
  } finally {
    clearTimeout(timer);
  }
}

const abortedBefore: Case = {
  name: 'does not begin a call that is aborted already',
  fault: 'abort',
  run: async (subject) => {
    const reason = new Error('stopped before');
    assert.equal((await abort(subject, subject.calls.plain, 0, reason))[0], reason);
  },
};

const abortedDuring: Case = {
  name: 'ends an aborted call within one second, with the reason of the abort',
  fault: 'abort',
  run: async (subject) => {
    const { slow } = subject.calls;
    if (slow === undefined) skip('no call that takes its time');
    const reason = new Error('stopped in between');
    const [thrown, ms] = await abort(subject, slow, 100, reason);
    assert.equal(thrown, reason);
    assert.ok(ms <= ABORT_WITHIN_MS, `it took ${Math.round(ms)} ms`);
  },
};

const bounded: Case = {
  name: 'cuts or refuses a result above the limit',
  fault: 'huge',
  timeoutMs: 60_000,
  run: async (subject) => {
    const { huge } = subject.calls;
    if (huge === undefined) skip('no call with a result above the limit');
    try {
      checkResult(await callOf(subject, huge));
    } catch (error) {
      assert.ok(isAppError(error, toolErrors.TOO_LARGE.code), String(error));
    }
  },
};

const failsAsDeclared: Case = {
  name: 'fails with the codes of tools',
  run: async (subject) => {
    const faults = Object.entries(subject.faults ?? {});
    if (faults.length === 0) skip('no call that fails');
    for (const [code, call] of faults) await expectCode(code, callOf(subject, call));
  },
};

/** What calls of a source must do. */
export const callCases: readonly Case[] = [
  gives,
  givesMany,
  refusesUnknown,
  refusesInvalid,
  survivesHostile,
  abortedBefore,
  abortedDuring,
  bounded,
  failsAsDeclared,
];
