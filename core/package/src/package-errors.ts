import { defineErrors } from '@parley/contracts';

/** What is wrong with a plugin package. */
export const packageErrors = defineErrors('package', {
  NO_MANIFEST: [400, '{place} has no plugin.manifest.json; run `parley plugin build` in the folder of the plugin'],
  BAD_MANIFEST: [400, 'plugin.manifest.json of {place} is not valid: {reason}'],
  TAMPERED: [400, '{place} is not what was built: {reason}; build it again, or get it again from its author'],
  BAD_ARCHIVE: [400, '{place} is refused: {reason}'],
  TOO_LARGE: [413, '{place} is refused: {reason}'],
  INCOMPATIBLE: [400, '{plugin} {version} does not run here:\n{problems}'],
  BAD_STYLE: [400, 'The style {file} would reach beyond its plugin: {reason}'],
  DIFFERS: [
    500,
    'The code of {plugin} is not what its manifest says: {differences}; build it again with `parley plugin build`',
  ],
  BAD_REPORT: [400, 'plugin.report.json of {place} is not valid: {reason}'],
});
