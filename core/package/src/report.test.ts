import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { makeFolder, writePackage } from './testing/write-package.ts';
import { REPORT_FILE } from './package-manifest.ts';
import { readPackage } from './read-package.ts';
import { readOrMakeKey, readReport, signReport } from './report.ts';
import type { PackageReport } from './report.ts';

function makeReport(change: (report: PackageReport) => PackageReport = (same) => same) {
  const pack = readPackage(writePackage());
  const { pem } = readOrMakeKey(join(makeFolder(), 'key.pem'));
  const report = signReport(
    {
      formatVersion: 1,
      plugin: 'acme.weather',
      version: '1.0.0',
      integrity: pack.manifest.integrity,
      madeAt: '2026-11-22T12:00:00.000Z',
      kits: '0.1.0',
      node: '26.10.0',
      verdict: 'passed',
      sections: [],
    },
    pem,
  );
  writeFileSync(join(pack.dir, REPORT_FILE), JSON.stringify(change(report)));
  return readReport(pack);
}

describe('a report', () => {
  it('proves itself by its signature and the files it names', () => {
    const checked = makeReport();
    expect(checked?.problem).toBeUndefined();
    expect(checked?.keyId).toMatch(/^[0-9a-f]{16}$/);
  });

  it('that was changed says so', () => {
    expect(makeReport((report) => ({ ...report, verdict: 'failed' }))?.problem).toBe('its signature does not fit');
  });

  it('of other files says so', () => {
    const { pem } = readOrMakeKey(join(makeFolder(), 'key.pem'));
    const checked = makeReport(({ publicKey: _key, signature: _signature, ...report }) =>
      signReport({ ...report, integrity: 'b'.repeat(64) }, pem),
    );
    expect(checked?.problem).toBe('it was made for other files than these');
  });

  it('with another key in it does not verify', () => {
    expect(makeReport((report) => ({ ...report, publicKey: 'AAAA' }))?.problem).toBe('its signature does not fit');
  });

  it('that is none is refused', () => {
    expect(() => makeReport(() => ({}) as PackageReport)).toThrow(
      expect.objectContaining({ code: 'PACKAGE_BAD_REPORT' }),
    );
  });

  it('is not needed', () => {
    expect(readReport(readPackage(writePackage()))).toBeUndefined();
  });
});

it('the key of an author is made once and readable by its owner only', () => {
  const file = join(makeFolder(), 'parley/key.pem');
  expect(readOrMakeKey(file).isNew).toBe(true);
  expect(readOrMakeKey(file)).toEqual({ pem: readFileSync(file, 'utf8'), isNew: false });
  expect(statSync(file).mode & 0o077).toBe(0);
});
