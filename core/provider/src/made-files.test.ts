import { describe, expect, it } from '@jest/globals';
import { newId } from '@parley/contracts';
import type { ModelEvent, NewFile } from '@parley/contracts';
import { keepMadeFiles } from './made-files.ts';
import type { MadeFile } from './made-files.ts';

const file: NewFile = { name: 'picture.png', mime: 'image/png', bytes: Uint8Array.of(1, 2) };
async function* answer(): AsyncGenerator<ModelEvent | MadeFile> {
  yield { type: 'text', text: 'Here' };
  yield { type: 'made-file', file };
}
const gather = async (
  saveFile?: Parameters<typeof keepMadeFiles>[1]['saveFile'],
  signal = new AbortController().signal,
) => {
  const events: ModelEvent[] = [];
  for await (const event of keepMadeFiles(answer(), saveFile ? { saveFile } : {}, signal)) events.push(event);
  return events;
};

describe('files that a model makes', () => {
  it('are kept, and stand in the answer where they came', async () => {
    const kept = { id: newId(), name: 'picture.png', mime: 'image/png', sizeBytes: 2 };
    expect(await gather(async () => kept)).toEqual([
      { type: 'text', text: 'Here' },
      { type: 'part', part: { type: 'file', file: kept } },
    ]);
  });

  it('are named in a warning where nobody keeps files, or keeping fails', async () => {
    const full = () => Promise.reject(new Error('disk full'));
    for (const save of [undefined, full]) {
      expect((await gather(save)).at(-1)).toMatchObject({
        type: 'notice',
        level: 'warning',
        text: expect.stringContaining('picture.png'),
      });
    }
  });

  it('end with the reason of an abort that comes while they are kept', async () => {
    const abort = new AbortController();
    const save = async () => {
      abort.abort(new Error('stopped'));
      throw new Error('gone');
    };
    await expect(gather(save, abort.signal)).rejects.toThrow('stopped');
  });
});
