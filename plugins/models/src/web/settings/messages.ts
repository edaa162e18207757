/** Every text of what holds for all models. */
export const messages = {
  defaultModel: 'Default model',
  defaultText: 'For who has picked none. Automatic takes the first real model, and the demo while there is none.',
  automatic: 'Automatic',
  searchModels: 'Search models',
  gone: (id: string) => `${id} (not there now)`,
  newModels: 'New models',
  newText: 'What happens to a model that a provider lists and that you neither showed nor hid.',
  shown: 'Shown',
  hidden: 'Hidden',
  saved: 'Saved',
} as const;
