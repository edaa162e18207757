import { describe, expect, it } from '@jest/globals';
import { newId } from '@parley/contracts';
import type { FileRef, ModelRequest } from '@parley/contracts';
import { readFiles } from './files.ts';

const file = (name: string, mime: string, sizeBytes = 10): FileRef => ({ id: newId(), name, mime, sizeBytes });
const signal = () => new AbortController().signal;
const accepts = { kinds: ['image/*', 'application/pdf'], maxBytes: 100 };
const ask = (files: readonly FileRef[], readFile?: ModelRequest['readFile']) =>
  readFiles(
    {
      messages: [{ role: 'user', parts: files.map((each) => ({ type: 'file' as const, file: each })) }],
      ...(readFile ? { readFile } : {}),
    },
    accepts,
    signal(),
  );

describe('readFiles', () => {
  it('reads what the model takes, each file once', async () => {
    const picture = file('a.png', 'image/png');
    const read: string[] = [];
    const { contents, notices } = await ask([picture, picture], async ({ id, mime }) => {
      read.push(id);
      return { bytes: Uint8Array.of(1), mime };
    });
    expect([...contents.keys()]).toEqual([picture.id]);
    expect(read).toEqual([picture.id]);
    expect(notices).toEqual([]);
  });

  it('tells the person of every file the model does not get, and why', async () => {
    const files = [file('a.zip', 'application/zip'), file('b.png', 'image/png', 1_000), file('c.png', 'image/png')];
    const { contents, notices } = await ask(files, () => Promise.reject(new Error('gone')));
    expect(contents.size).toBe(0);
    expect(notices.map((notice) => ('text' in notice ? notice.text : ''))).toEqual([
      'This model does not read files of this kind: a.zip. The model was told the name only.',
      'Too large for this model: b.png. The model was told the name only.',
      'Could not be read: c.png. The model was told the name only.',
    ]);
  });
});

describe('readFiles with a limit for each kind', () => {
  it('measures each file by its own', async () => {
    const { contents, notices } = await readFiles(
      {
        messages: [{ role: 'user', parts: [{ type: 'file', file: file('a.png', 'image/png', 50) }] }],
        readFile: () => Promise.reject(new Error('not asked')),
      },
      { kinds: ['image/*'], maxBytes: (mime) => (mime === 'image/png' ? 49 : 100) },
      signal(),
    );
    expect(contents.size).toBe(0);
    expect(notices).toMatchObject([{ text: expect.stringContaining('Too large') }]);
  });
});
