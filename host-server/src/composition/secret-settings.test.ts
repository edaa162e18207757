import { describe, expect, it } from '@jest/globals';
import { createSeal } from './seal.ts';
import { createIsSecret, hideSecrets, keepSecrets } from './secret-settings.ts';

const isSecret = createIsSecret(['apiKey', 'servers[].token', 'tokens.*'], [['url']]);
const HIDDEN = { $secret: true };
const settings = {
  apiKey: '(key of the provider)',
  url: 'x://y@z',
  title: 't',
  servers: [
    { name: 'one', token: '(first token)' },
    { name: 'two', token: '(second token)' },
  ],
  tokens: { x: '(token of x)' },
};
const hidden = {
  apiKey: HIDDEN,
  url: HIDDEN,
  title: 't',
  servers: [
    { name: 'one', token: HIDDEN },
    { name: 'two', token: HIDDEN },
  ],
  tokens: { x: HIDDEN },
};

describe('secret settings', () => {
  it('are hidden wherever the manifest or the config file knows them', () => {
    expect(hideSecrets(settings, isSecret)).toEqual(hidden);
  });

  it('stay what they are when they come back hidden', () => {
    expect(keepSecrets(hidden, settings, isSecret)).toEqual({
      settings: { title: 't', servers: settings.servers, tokens: {} },
      unknown: [],
    });
  });

  it('in a list go with their item, also when it moves', () => {
    const moved = { servers: [hidden.servers[1], hidden.servers[0]] };
    expect(keepSecrets(moved, settings, isSecret).settings).toEqual({
      servers: [settings.servers[1], settings.servers[0]],
    });
  });

  it('never go to another item', () => {
    const renamed = { servers: [{ name: 'evil', token: HIDDEN }] };
    expect(keepSecrets(renamed, settings, isSecret).unknown).toEqual(['servers.0']);
  });
});

describe('a seal', () => {
  const seal = createSeal(new Uint8Array(32).fill(1));

  it('opens what it sealed, and shows nothing of it', () => {
    const sealed = seal.seal('vault', settings, isSecret);
    expect(JSON.stringify(sealed)).not.toMatch(/\(|:\/\//);
    expect(seal.open('vault', sealed)).toEqual(settings);
  });

  it('does not open what was moved to another plugin or setting, or sealed with another key', () => {
    const { apiKey } = seal.seal('vault', settings, isSecret) as typeof settings;
    expect(() => seal.open('other', { apiKey })).toThrow();
    expect(() => seal.open('vault', { title: apiKey })).toThrow();
    expect(() => createSeal(new Uint8Array(32).fill(2)).open('vault', { apiKey })).toThrow();
  });
});
