import { createContext, useContext } from 'react';

/** The words that the kit itself says. A host passes its translations to `UiProvider`. */
export interface UiMessages {
  readonly close: string;
  readonly copy: string;
  readonly copied: string;
  readonly retry: string;
  readonly cancel: string;
  readonly loading: string;
  readonly notifications: string;
  readonly traceId: string;
  readonly clear: string;
  readonly nothingFound: string;
  readonly required: string;
  readonly showPassword: string;
  readonly hidePassword: string;
  readonly wrapLines: string;
  readonly expand: string;
  readonly collapse: string;
  readonly code: string;
  readonly footnotes: string;
  readonly footnote: (number: number) => string;
  readonly backToText: string;
  readonly loadImage: (host: string) => string;
  readonly table: string;
  readonly taskDone: string;
  readonly taskOpen: string;
}

/** The kit's words in English. */
export const englishMessages: UiMessages = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Retry',
  cancel: 'Cancel',
  loading: 'Loading',
  notifications: 'Notifications',
  traceId: 'Trace id',
  clear: 'Clear',
  nothingFound: 'Nothing found.',
  required: 'required',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  wrapLines: 'Wrap lines',
  expand: 'Show all',
  collapse: 'Show less',
  code: 'Code',
  footnotes: 'Footnotes',
  footnote: (number) => `Footnote ${number}`,
  backToText: 'Back to text',
  loadImage: (host) => `Load image from ${host}`,
  table: 'Table',
  taskDone: 'Done',
  taskOpen: 'Not done',
};

/** Holds the kit's words; English without a provider. */
export const UiMessagesContext = createContext<UiMessages>(englishMessages);

/** The kit's words in the language of the page. */
export function useUiMessages(): UiMessages {
  return useContext(UiMessagesContext);
}
