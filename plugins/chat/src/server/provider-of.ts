/** The first half of a model's id. */
export const providerOf = (model: string): string => model.slice(0, Math.max(0, model.indexOf('/')));
