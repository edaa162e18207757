import { describe, expect, it, jest } from '@jest/globals';
import type { UiManifest } from '@parley/contracts';
import type { WebHost } from '../host/web-host.ts';
import type { WebPlugin } from './define-web-plugin.ts';
import { createWebPlugins, type WebPluginSource } from './web-plugins.ts';

const manifest: UiManifest = {
  plugins: [{ id: 'notes', version: '1.0.0' }],
  contributions: [{ slot: 'place', pluginId: 'notes', id: 'a', order: 500 }],
};

function setUp(load: WebPluginSource['load']) {
  const stopHost = jest.fn();
  const plugins = createWebPlugins({
    manifest,
    source: { load },
    hostFor: () => ({ host: {} as WebHost, stop: stopHost }),
    retryDelayMs: 0,
  });
  const open = async (id: string) => {
    const state = plugins.load(id);
    if (state.status === 'loading') await state.loaded;
    return plugins.load(id);
  };
  return { plugins, stopHost, open };
}

describe('web plugins', () => {
  it('starts a plugin once, however often it is asked for', async () => {
    const start = jest.fn<NonNullable<WebPlugin['start']>>(() => undefined);
    const { plugins, open } = setUp(async () => ({ id: 'notes', start }));
    plugins.load('notes');
    expect((await open('notes')).status).toBe('ready');
    await open('notes');
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('tries a failed load once more', async () => {
    const load = jest.fn<WebPluginSource['load']>();
    load.mockRejectedValueOnce(new Error('cut')).mockResolvedValueOnce({ id: 'notes' });
    const { open } = setUp(load);
    expect((await open('notes')).status).toBe('ready');
  });

  it('fails after the second try and keeps the reason', async () => {
    const load = jest.fn<WebPluginSource['load']>().mockRejectedValue(new Error('gone'));
    const { open, stopHost } = setUp(load);
    expect(await open('notes')).toMatchObject({ status: 'failed', error: { message: 'gone' } });
    expect(load).toHaveBeenCalledTimes(2);
    expect(stopHost).toHaveBeenCalledTimes(1);
  });

  it('never loads what the manifest does not list', async () => {
    const load = jest.fn<WebPluginSource['load']>();
    const { open } = setUp(load);
    expect((await open('stranger')).status).toBe('failed');
    expect(load).not.toHaveBeenCalled();
  });

  it('stops a plugin that a new manifest leaves out', async () => {
    const stop = jest.fn();
    const { plugins, open, stopHost } = setUp(async () => ({ id: 'notes', start: () => stop }));
    await open('notes');
    plugins.update({ plugins: [], contributions: manifest.contributions });
    expect(stop).toHaveBeenCalledTimes(1);
    expect(stopHost).toHaveBeenCalledTimes(1);
    expect(plugins.contributions('place')).toEqual([]);
  });
});
