import { describe, expect, it } from '@jest/globals';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from './tool-inputs.ts';

describe('ToolInputs', () => {
  it('puts calls together whose pieces are mixed, and ends them in the order they began', () => {
    const inputs = new ToolInputs('sample');
    inputs.add(0, { callId: 'a', name: 'first', json: '{"x"' });
    inputs.add(1, { callId: 'b', name: 'second' });
    inputs.add(0, { json: ':1}' });
    const events: ModelEvent[] = [];
    inputs.endAll((event) => events.push(event));
    expect(events).toEqual([
      { type: 'tool-call', callId: 'a', name: 'first', input: { x: 1 } },
      { type: 'tool-call', callId: 'b', name: 'second', input: {} },
    ]);
    expect(inputs.size).toBe(0);
  });

  it('refuses arguments that are not JSON', () => {
    const inputs = new ToolInputs('sample');
    inputs.add(0, { callId: 'a', name: 'first', json: '{"x"' });
    expect(() => inputs.endAll(() => undefined)).toThrow(expect.objectContaining({ code: 'MODEL_BAD_REQUEST' }));
  });
});
