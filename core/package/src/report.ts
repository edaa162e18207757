import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { canonical } from './compare-code.ts';
import { sha256 } from './hash-files.ts';
import { packageErrors } from './package-errors.ts';
import { REPORT_FILE } from './package-manifest.ts';
import type { PluginPackage } from './read-package.ts';
import { readPlainFile } from './read-package.ts';

const CaseResult = z.object({
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  /** What was done to it meanwhile: `slow`, `cut`. */
  fault: z.string().optional(),
  reason: z.string().optional(),
  durationMs: z.number(),
});

/** One group of promises: the contract of plugins, or a capability's kit. */
const Section = z.object({
  /** `plugin` for the contract of plugins, otherwise the capability. */
  capability: z.string(),
  /** Version of the capability's interface. */
  version: z.string(),
  results: z.array(CaseResult),
});

/** `plugin.report.json`: what a package was put through, signed by who did it. */
export const PackageReport = z.object({
  formatVersion: z.literal(1),
  plugin: z.string(),
  version: z.string(),
  /** That of the package's manifest. */
  integrity: z.string(),
  madeAt: z.iso.datetime(),
  /** Version of the kits. */
  kits: z.string(),
  node: z.string(),
  verdict: z.enum(['passed', 'failed']),
  sections: z.array(Section),
  /** Ed25519, SPKI in base64. */
  publicKey: z.string(),
  signature: z.string(),
});
export type PackageReport = z.output<typeof PackageReport>;
/** One group of promises in a report. */
export type ReportSection = z.output<typeof Section>;
/** A report before it is signed. */
export type UnsignedReport = Omit<PackageReport, 'publicKey' | 'signature'>;

/** What became of a package's report. */
export interface CheckedReport {
  readonly report: PackageReport;
  /** First 16 digits of the SHA-256 of the key, to compare with what its author says. */
  readonly keyId: string;
  /** Why it proves nothing about this package; `undefined` when signature and files fit. */
  readonly problem?: string;
}

/** Name of a key that people can compare. */
export const keyIdOf = (publicKey: string): string => sha256(Buffer.from(publicKey, 'base64')).slice(0, 16);

/** Where the author's key lies: below XDG_CONFIG_HOME, or APPDATA, or ~/.config. */
export const defaultKeyFile = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env['XDG_CONFIG_HOME'] || env['APPDATA'] || join(homedir(), '.config'), 'parley', 'author-key.pem');

/** The private key in a file, made there, readable by its owner only, when there is none. */
export function readOrMakeKey(file: string): { readonly pem: string; readonly isNew: boolean } {
  if (existsSync(file)) return { pem: readFileSync(file, 'utf8'), isNew: false };
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  return { pem, isNew: true };
}

/** The report with the author's public key and signature. @throws when the key is no Ed25519 key */
export function signReport(report: UnsignedReport, privateKeyPem: string): PackageReport {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`expected an ed25519 key, got ${key.asymmetricKeyType}`);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  const signature = sign(undefined, signedText({ ...report, publicKey }), key).toString('base64');
  return { ...report, publicKey, signature };
}

const signedText = (report: object): Buffer => Buffer.from(`parley.report.1 ${canonical(report)}`);

function isSigned({ signature, ...report }: PackageReport): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(report.publicKey, 'base64'), type: 'spki', format: 'der' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(undefined, signedText(report), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** The report of a package, checked; `undefined` without one. @throws PACKAGE_BAD_REPORT */
export function readReport({ dir, manifest }: PluginPackage): CheckedReport | undefined {
  const bytes = readPlainFile(dir, REPORT_FILE);
  if (bytes === undefined) return undefined;
  const report = parseReport(dir, bytes);
  const isOfFiles =
    report.integrity === manifest.integrity &&
    report.plugin === manifest.plugin.id &&
    report.version === manifest.plugin.version;
  const problem = !isSigned(report)
    ? 'its signature does not fit'
    : isOfFiles
      ? undefined
      : 'it was made for other files than these';
  return { report, keyId: keyIdOf(report.publicKey), ...(problem === undefined ? {} : { problem }) };
}

function parseReport(place: string, bytes: Buffer): PackageReport {
  try {
    return PackageReport.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error);
    throw packageErrors.BAD_REPORT({ place, reason }, error);
  }
}

/** How many promises a report kept, broke and left out. */
export function countResults({
  sections,
}: Pick<PackageReport, 'sections'>): Record<'passed' | 'failed' | 'skipped', number> {
  const results = sections.flatMap((section) => section.results);
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}
