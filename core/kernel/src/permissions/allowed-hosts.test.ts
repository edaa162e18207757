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

  it('are one for each text of the setting in braces', () => {
    const settings = { region: 'eu-1', regions: ['us-1', 'us-2'] };
    expect(allowedHosts(['{region}-api.example.com', 'api.{regions}.example.com'], settings)).toEqual([
      'eu-1-api.example.com',
      'api.us-1.example.com',
      'api.us-2.example.com',
    ]);
  });

  it.each(['evil.test/', 'a.b', '', '-a', 'A', '{region}', 7])(
    'take no setting that is no part of a name: %p',
    (region) => {
      expect(allowedHosts(['{region}.example.com'], { region })).toEqual([]);
      expect(allowedHosts(['{region}.example.com'], {})).toEqual([]);
    },
  );
});
