/** The kinds of plugin there are templates for, with one line for each. */
export const TEMPLATES = {
  provider: 'models of a service over HTTP, with a fake service to test against',
  'tool-source': 'tools a model can call',
  'storage-driver': 'where records are kept: memory and one file, with the backend in a place of its own',
  'ui-panel': 'a panel beside the thread, in the page only',
  feature: 'operations, records, settings and a panel',
} as const;

/** A template's name. */
export type TemplateName = keyof typeof TEMPLATES;

/** The word in the templates that stands for the name of the new plugin. */
export const TEMPLATE_WORD = 'sample';
