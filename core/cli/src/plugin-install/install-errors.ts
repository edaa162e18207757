import { defineErrors } from '@parley/contracts';

/** Why a plugin is not installed, updated or removed. */
export const installErrors = defineErrors('install', {
  NO_SOURCE: [404, '{source} is no folder, no .tgz and no package in node_modules of {folder}'],
  NOT_INSTALLED: [
    404,
    '{id} is not installed; installed are: {installed}. One that was added by its path goes with `parley apply remove {id}`',
  ],
  INSTALLED: [409, '{id} {version} is installed; to replace it run `parley plugin update {source}`'],
  OTHER_PLUGIN: [400, '{source} holds {found}; expected {id}'],
  UNCONFIRMED: [
    400,
    'Nothing was changed: nobody allowed what {id} asks for. Run it again with --yes for all of it, or with a part of {options}',
  ],
});
