// Adds to package-lock.json the optional platform packages that a registry mirror did not serve when the lock was made:
// npm drops an optional dependency it can't find, and `npm ci` then refuses the lock ("Missing: ... from lock file").
// An added entry carries the version, and os, cpu and libc as its name tells; it has no integrity.
// `--check` fails when something is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  resolved?: string;
  link?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const OS: Readonly<Record<string, string>> = {
  darwin: 'darwin',
  win32: 'win32',
  windows: 'win32',
  win: 'win32',
  linux: 'linux',
  android: 'android',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
};
const CPU: Readonly<Record<string, string>> = {
  x64: 'x64',
  '64': 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  x86: 'ia32',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
};

const platform = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> => {
  const words = (name.split('/').pop() ?? '').split(/[-.]/);
  const os = words.map((word) => OS[word]).find((found) => found !== undefined);
  const cpu = words.map((word) => CPU[word]).find((found) => found !== undefined);
  const libc =
    os !== 'linux'
      ? undefined
      : words.some((word) => word.startsWith('musl'))
        ? 'musl'
        : words.some((word) => word.startsWith('gnu'))
          ? 'glibc'
          : undefined;
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}) };
};

/** Whether npm would find `name` from the package at `from`: in its own node_modules, or in one further up. */
const isThere = (packages: Readonly<Record<string, Entry>>, from: string, name: string): boolean => {
  let dir = from;
  for (;;) {
    if (packages[dir === '' ? `node_modules/${name}` : `${dir}/node_modules/${name}`]) return true;
    if (dir === '') return false;
    const at = dir.lastIndexOf('/node_modules/');
    dir =
      at >= 0
        ? dir.slice(0, at)
        : dir.startsWith('node_modules/') || !dir.includes('/')
          ? ''
          : dir.slice(0, dir.lastIndexOf('/'));
  }
};

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
const missing: string[] = [];
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const version = range.replace(/^[~^=v]*/, '');
    if (isThere(lock.packages, from, name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...platform(name),
    };
    missing.push(name);
  }
}
const addresses = Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http')).length;
if (addresses > 0) {
  console.error(
    `package-lock.json holds ${addresses} download addresses; set omit-lockfile-registry-resolved=true and make it again`,
  );
  process.exitCode = 1;
}
if (process.argv.includes('--check')) {
  if (missing.length > 0) process.exitCode = 1;
  console.log(
    `lockfile: ${missing.length} platform packages missing${missing.length > 0 ? '; run: npm run lock' : ''}`,
  );
} else {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`lockfile: ${missing.length} platform packages added`);
}
