/** Reads a `parley.config.yaml`; a door of its own, since only what starts a host needs a YAML parser. */
export { configFileSchema, readConfigFile } from './config-file.ts';
export type { ConfigFile, ConfigFileInput } from './config-file.ts';
