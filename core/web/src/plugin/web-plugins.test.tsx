import { describe, expect, it, jest } from '@jest/globals';
import type { UiManifest } from '@parley/contracts';
import type { WebHost } from '../host/web-host.ts';
import type { WebPlugin } from './define-web-plugin.ts';
import { createWebPlugins, type WebPluginSource, type WebPluginsOptions } from './web-plugins.ts';

const manifest: UiManifest = {
  plugins: [{ id: 'notes', version: '1.0.0' }],
  contributions: [{ slot: 'place', pluginId: 'notes', id: 'a', order: 500 }],
};

function setUp(load: WebPluginSource['load']) {
  const stopHost = jest.fn();
  const onFailure = jest.fn<NonNullable<WebPluginsOptions['onFailure']>>();
  const onStopped = jest.fn<NonNullable<WebPluginsOptions['onStopped']>>();
  const plugins = createWebPlugins({
    manifest,
    source: { load },
    hostFor: () => ({ host: {} as WebHost, stop: stopHost }),
    retryDelayMs: 0,
    onFailure,
    onStopped,
  });
  const open = async (id: string) => {
    const state = plugins.load(id);
    if (state.status === 'loading') await state.loaded;
    return plugins.load(id);
  };
  return { plugins, stopHost, open, onFailure, onStopped };
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

  it('loads a plugin anew when the manifest names another build of it, and only then', async () => {
    const load = jest.fn<WebPluginSource['load']>(async ({ remote }) => ({ id: remote ?? 'first' }));
    const { plugins, open, onStopped } = setUp(load);
    await open('notes');
    plugins.update({ ...manifest, contributions: [] });
    expect([plugins.life('notes'), load.mock.calls.length]).toEqual([0, 1]);
    plugins.update({ ...manifest, plugins: [{ id: 'notes', version: '1.1.0', remote: 'second' }] });
    expect(plugins.life('notes')).toBe(1);
    expect(onStopped).toHaveBeenCalledWith(expect.objectContaining({ id: 'notes', version: '1.0.0' }));
    expect(await open('notes')).toMatchObject({ status: 'ready', plugin: { id: 'second' } });
  });

  it('drops a build that was replaced while it loaded', async () => {
    const first = Promise.withResolvers<WebPlugin>();
    const start = jest.fn<NonNullable<WebPlugin['start']>>();
    const { plugins, open } = setUp(({ remote }) => (remote ? Promise.resolve({ id: 'second' }) : first.promise));
    const state = plugins.load('notes');
    plugins.update({ ...manifest, plugins: [{ id: 'notes', version: '1.1.0', remote: 'second' }] });
    expect(await open('notes')).toMatchObject({ plugin: { id: 'second' } });
    first.resolve({ id: 'first', start });
    if (state.status === 'loading') await state.loaded;
    expect(start).not.toHaveBeenCalled();
    expect(plugins.load('notes')).toMatchObject({ plugin: { id: 'second' } });
  });

  it('reports each failure once and stops the plugin at the third', async () => {
    const stop = jest.fn();
    const { plugins, open, onFailure } = setUp(async () => ({ id: 'notes', start: () => stop }));
    await open('notes');
    const [place] = manifest.contributions as [UiManifest['contributions'][number]];
    const same = new Error('one');
    for (const error of [same, same, new Error('two')]) plugins.failed(place, error);
    expect([onFailure.mock.calls.length, stop.mock.calls.length]).toEqual([2, 0]);
    plugins.failed(place, new Error('three'));
    expect(onFailure).toHaveBeenLastCalledWith(expect.objectContaining({ place: 'place/a', isStopped: true }));
    expect(stop).toHaveBeenCalledTimes(1);
    expect(plugins.load('notes')).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('3 times') },
    });
    plugins.retry('notes');
    expect((await open('notes')).status).toBe('ready');
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
