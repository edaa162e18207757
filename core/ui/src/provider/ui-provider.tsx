import { type ReactNode, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { englishMessages, type UiMessages, UiMessagesContext } from './messages.ts';

/** Props of `UiProvider`. */
export interface UiProviderProps {
  /** BCP 47 tag, for example `ar-EG`; decides direction, collation and number formats of the kit. */
  readonly locale?: string;
  /** Translations of the kit's own words; what is left out stays English. */
  readonly messages?: Partial<UiMessages>;
  readonly children: ReactNode;
}

/** Gives the kit its language. Without it the kit follows the browser's locale and speaks English. */
export function UiProvider({ locale, messages, children }: UiProviderProps) {
  const words = useMemo(() => ({ ...englishMessages, ...messages }), [messages]);
  return (
    <I18nProvider {...(locale === undefined ? {} : { locale })}>
      <UiMessagesContext value={words}>{children}</UiMessagesContext>
    </I18nProvider>
  );
}
