import { describe, expect, it } from '@jest/globals';
import { callTool, cut, delay, script, show, think } from './script.ts';

describe('script', () => {
  it('is words and steps in the order they are read', () => {
    expect(script`Hello ${delay(10)} world`).toEqual([
      { type: 'text', text: 'Hello ' },
      { type: 'delay', ms: 10 },
      { type: 'text', text: 'world' },
    ]);
  });

  it('begins without the space after its first step', () => {
    expect(script`${think('hm')} Yes`).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'Yes' },
    ]);
  });

  it('keeps the space that only one side has', () => {
    expect(script`a${cut()} b`.at(-1)).toEqual({ type: 'text', text: ' b' });
  });

  it('takes texts and numbers as words', () => {
    expect(script`${2} and ${'two'}`).toEqual([{ type: 'text', text: '2 and two' }]);
  });

  it('takes tools, parts and errors as steps', () => {
    const failure = new Error('broken');
    const part = { type: 'x.weather.card', data: {} };
    expect(script`${callTool('look', { at: 1 })}${show(part)}${failure}`).toEqual([
      { type: 'tool-call', callId: 'call-look', name: 'look', input: { at: 1 } },
      { type: 'part', part },
      failure,
    ]);
  });
});
