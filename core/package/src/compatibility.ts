import satisfies from 'semver/functions/satisfies.js';
import { packageErrors } from './package-errors.ts';
import type { PackageManifest } from './package-manifest.ts';

/** What a Parley offers to packages. */
export interface HostOffer {
  /** Version of the kernel's API. */
  readonly kernel: string;
  /** Version of a module that server code may import; `undefined` for one that is not offered. */
  readonly moduleVersion: (name: string) => string | undefined;
  /** Version of a module the page shares with remotes; without one the page decides when it loads. */
  readonly sharedVersion?: (name: string) => string | undefined;
}

const isWithin = (version: string, range: string): boolean => satisfies(version, range, { includePrerelease: true });

/** Why a package can not run on a host, in words; empty when it can. */
export function compatibilityProblems({ parley, web }: PackageManifest, offer: HostOffer): readonly string[] {
  const module = ([name, range]: readonly [string, string]): string[] => {
    const version = offer.moduleVersion(name);
    if (version === undefined) return [`its server code imports ${name}, which this Parley does not have`];
    return isWithin(version, range) ? [] : [`it was built for ${name} ${range}; this Parley has ${version}`];
  };
  const shared = ([name, range]: readonly [string, string]): string[] => {
    const version = offer.sharedVersion?.(name);
    return version === undefined || isWithin(version, range)
      ? []
      : [`its page side needs ${name === 'react' ? 'React' : name} ${range}; the page has ${version}`];
  };
  return [
    ...(isWithin(offer.kernel, parley.kernel)
      ? []
      : [`it needs a kernel ${parley.kernel}; this Parley has ${offer.kernel}`]),
    ...Object.entries(parley.modules).flatMap(module),
    ...Object.entries({ ...web?.shared, ...(web ? { react: web.react } : {}) }).flatMap(shared),
  ];
}

/** @throws PACKAGE_INCOMPATIBLE with every reason */
export function assertCompatible(manifest: PackageManifest, offer: HostOffer): void {
  const problems = compatibilityProblems(manifest, offer);
  if (problems.length === 0) return;
  const { id: plugin, version } = manifest.plugin;
  throw packageErrors.INCOMPATIBLE({ plugin, version, problems: problems.map((text) => `  - ${text}`).join('\n') });
}
