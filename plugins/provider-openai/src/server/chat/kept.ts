/** Where compatible servers put the thoughts of their models, and want them back while a turn uses tools. */
export const REASONING_FIELDS = ['reasoning_content', 'reasoning'] as const;
export type ReasoningField = (typeof REASONING_FIELDS)[number];

/** What a thought is kept under: the server it came from. */
export const familyOf = ({ baseUrl }: { readonly baseUrl: string }): string => `openai-chat@${new URL(baseUrl).host}`;
