import { describe, expect, it } from '@jest/globals';
import { isMediaType, joinBytes } from './upload.ts';

describe('isMediaType', () => {
  it('knows whole types and families of types', () => {
    expect(isMediaType('image/png', ['image/*'])).toBe(true);
    expect(isMediaType('imagery/png', ['image/*'])).toBe(false);
    expect(isMediaType('application/pdf', ['application/pdf'])).toBe(true);
    expect(isMediaType('application/pdfx', ['application/pdf'])).toBe(false);
  });

  it('looks past parameters and letter case', () => {
    expect(isMediaType('Audio/WebM; codecs=opus', ['audio/webm'])).toBe(true);
    expect(isMediaType('', ['audio/*'])).toBe(false);
  });
});

describe('joinBytes', () => {
  it('puts the pieces together', async () => {
    async function* pieces() {
      yield Uint8Array.of(1, 2);
      yield new Uint8Array(0);
      yield Uint8Array.of(3);
    }
    expect([...(await joinBytes(pieces()))]).toEqual([1, 2, 3]);
  });
});
