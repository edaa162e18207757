import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Text } from 'react-aria-components/Text';
import { joinClasses } from '../class-names.ts';
import styles from './field.module.css';

/** Props of `FieldText`. */
export interface FieldTextProps {
  readonly description?: ReactNode;
  readonly errorMessage?: string | undefined;
}

/** The hint and the error under a field; each is linked to the field that it stands in. */
export function FieldText({ description, errorMessage }: FieldTextProps) {
  return (
    <>
      {description === undefined ? undefined : (
        <Text slot="description" className={joinClasses(styles.description)}>
          {description}
        </Text>
      )}
      <FieldError className={joinClasses(styles.error)}>
        {errorMessage ?? (({ validationErrors }) => validationErrors.join(' '))}
      </FieldError>
    </>
  );
}
