/** The format of a plugin package: manifest, hashes, archive, report; read and checked before any of its code runs. */
export { staticPart } from './compare-code.ts';
export { assertCompatible, compatibilityProblems } from './compatibility.ts';
export type { HostOffer } from './compatibility.ts';
export { cssProblem } from './css-scope.ts';
export { hashFiles, integrityOf, listFiles, sha256 } from './hash-files.ts';
export { installedPackage, isHostModule, linkHostModules, packageOf } from './host-modules.ts';
export { loadPackage } from './load-package.ts';
export { lockfilePath, lockPlugin, readLockfile } from './lockfile-file.ts';
export { packageErrors } from './package-errors.ts';
export { isPlainPath, MANIFEST_FILE, PackageManifest, REPORT_FILE } from './package-manifest.ts';
export { remoteOf, toSubresourceIntegrity, uiHashOf } from './package-ui.ts';
export { unpackArchive } from './read-archive.ts';
export { readPackage, readPlainFile, verifyPackage } from './read-package.ts';
export type { PluginPackage } from './read-package.ts';
export { countResults, defaultKeyFile, keyIdOf, readOrMakeKey, readReport, signReport } from './report.ts';
export type { CheckedReport, PackageReport, ReportSection, UnsignedReport } from './report.ts';
export { vendorDir, vendorPackage, vendorRoot } from './vendor-package.ts';
