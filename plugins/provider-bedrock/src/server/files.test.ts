import { describe, expect, it } from '@jest/globals';
import { DocumentNames, kindsFor, maxBytesOf } from './files.ts';

describe('what a model takes', () => {
  it('is everything where nothing is known, and what it states otherwise', () => {
    expect(kindsFor(undefined)).toEqual(
      expect.arrayContaining(['image/png', 'application/pdf', 'video/mp4', 'text/*']),
    );
    expect(kindsFor({ vision: false, video: false, audio: false })).not.toContain('image/png');
    expect(kindsFor({ files: false, video: false, audio: false })).toEqual(expect.not.arrayContaining(['text/*']));
  });

  it.each([
    ['image/png', 3_750_000],
    ['application/pdf', 4_500_000],
    ['text/x-python', 4_500_000],
    ['video/mp4', 25_000_000],
  ])('of %s is at most %i bytes', (mime, bytes) => {
    expect(maxBytesOf(mime)).toBe(bytes);
  });
});

describe('names of documents', () => {
  it.each([
    'Report.pdf',
    'naïve café.docx',
    '  spaces   and\ttabs  .txt',
    '日本語.md',
    'a _b__ c.pdf',
    '"; drop all.csv',
    `${'x'.repeat(300)}.pdf`,
    '.',
  ])('hold only what the API takes: %s', (fileName) => {
    expect(new DocumentNames().nameFor(fileName)).toMatch(
      /^(?=.{1,200}$)[A-Za-z0-9\-()[\]]+(?: [A-Za-z0-9\-()[\]]+)*$/,
    );
  });

  it('are never alike', () => {
    const names = new DocumentNames();
    const given = ['a.pdf', 'a.txt', 'a (2).pdf', 'a.md'].map((name) => names.nameFor(name));
    expect(new Set(given).size).toBe(4);
  });
});
