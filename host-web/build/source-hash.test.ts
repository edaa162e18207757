import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sourceHash } from './source-hash.ts';

describe('the hash of the sources', () => {
  let root = '';
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-hash-'));
    write('host-web/src/main.tsx', 'a');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('stays when nothing changed', () => {
    expect(sourceHash(root)).toBe(sourceHash(root));
  });

  it.each(['host-web/src/main.tsx', 'core/ui/src/x.module.css', 'plugins/notes/src/web/index.ts', 'package-lock.json'])(
    'changes with %s',
    (file) => {
      const before = sourceHash(root);
      write(file, 'b');
      expect(sourceHash(root)).not.toBe(before);
    },
  );

  it.each(['host-web/src/main.test.tsx', 'plugins/notes/src/server/index.ts', 'README.md'])('stays with %s', (file) => {
    const before = sourceHash(root);
    write(file, 'b');
    expect(sourceHash(root)).toBe(before);
  });
});
