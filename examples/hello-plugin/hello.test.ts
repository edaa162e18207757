import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { script, startTestHost } from '@parley/testing';
import hello from './hello.ts';

describe('the hello plugin', () => {
  it('tells the model to be brief', async () => {
    await using host = await startTestHost({ plugins: [hello], shipped: true, model: script`Hi` });
    await host.user('ada').chat('Hello').expectText('Hi');
    expect(host.model.requests[0]?.messages[0]).toEqual({
      role: 'system',
      parts: [{ type: 'text', text: ' Be brief.' }],
    });
  });

  it('is at most twelve lines long', () => {
    const lines = readFileSync(join(import.meta.dirname, 'hello.ts'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
  });
});
