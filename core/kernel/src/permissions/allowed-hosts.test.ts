import { describe, expect, it } from '@jest/globals';
import { allowedHosts } from './allowed-hosts.ts';

describe('the hosts a plugin may call', () => {
  it('are those it declares', () => {
    expect(allowedHosts(['api.example.com'], {})).toEqual(['api.example.com']);
  });

  it('take in the origin of a URL that the operator set', () => {
    expect(allowedHosts(['config:baseUrl'], { baseUrl: 'http://127.0.0.1:8000/v1' })).toEqual([
      'http://127.0.0.1:8000',
    ]);
  });

  it('do not grow by a setting that is missing or no URL', () => {
    expect(allowedHosts(['config:baseUrl', 'config:other'], { other: 'example.com' })).toEqual([]);
  });
});
