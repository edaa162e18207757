import { describe, expect, it, jest } from '@jest/globals';
import type { UiManifest } from '@parley/contracts';
import { createManifestRefresh } from './refresh-manifest.ts';

const manifest = (id: string): UiManifest => ({ plugins: [{ id, version: '1.0.0' }], contributions: [] });

function setUp() {
  const read = jest.fn<() => Promise<UiManifest>>();
  const update = jest.fn();
  return { read, update, refresh: createManifestRefresh({ read, update, delaysMs: [0, 0] }) };
}

describe('the manifest of an open page', () => {
  it('is tried again when it can not be read, and the page keeps what it has meanwhile', async () => {
    const { read, update, refresh } = setUp();
    read.mockRejectedValueOnce(new Error('hangs')).mockResolvedValueOnce(manifest('a'));
    await refresh();
    expect(update.mock.calls).toEqual([[manifest('a')]]);
  });

  it('is given up after the last try, until it is asked for again', async () => {
    const { read, update, refresh } = setUp();
    read.mockRejectedValue(new Error('gone'));
    await refresh();
    expect([read.mock.calls.length, update.mock.calls.length]).toEqual([3, 0]);
    read.mockResolvedValue(manifest('b'));
    await refresh();
    expect(update).toHaveBeenCalledWith(manifest('b'));
  });

  it('is read once more for what changed while it was being read, and not for each change', async () => {
    const { read, refresh } = setUp();
    read.mockResolvedValue(manifest('a'));
    await Promise.all([refresh(), refresh(), refresh()]);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
