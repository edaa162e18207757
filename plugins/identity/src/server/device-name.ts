type Rule = readonly [pattern: RegExp, name: string];

// The order counts: most browsers also claim to be the ones below them.
const PROGRAMS: readonly Rule[] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|HeadlessChrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/\S+ .*\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^(?:node|undici)\b/, 'Node.js'],
];
const SYSTEMS: readonly Rule[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];
const MAX_CHARS = 1_000;

/** A device in plain words, as far as its User-Agent tells: `Firefox on Windows`. */
export function describeDevice(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, MAX_CHARS);
  const find = (rules: readonly Rule[]) => rules.find(([pattern]) => pattern.test(text))?.[1];
  const program = find(PROGRAMS);
  const system = find(SYSTEMS);
  if (program !== undefined && system !== undefined) return `${program} on ${system}`;
  return program ?? system ?? 'Unknown device';
}
