import { type ReactNode, useId } from 'react';
import { useHint } from './field-hint.tsx';
import { useProblem } from './form-context.ts';
import type { JsonSchema, ValuePath } from './json-schema.ts';
import { ProblemText } from './problem-text.tsx';
import styles from './schema-form.module.css';

interface GroupProps {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  readonly schema: JsonSchema;
  readonly path: ValuePath;
  readonly isRequired?: boolean;
  /** Stands at the end of the heading. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** Several fields under one name; a group to assistive technology. */
export function Group({ label, isLabelHidden = false, schema, path, isRequired = false, end, children }: GroupProps) {
  const id = useId();
  const hint = useHint({ schema, path, isRequired });
  const problem = useProblem(path);
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint ${id}-problem`}
      className={styles.group}
    >
      <div className={styles.head}>
        <div className={isLabelHidden ? styles.hidden : styles.heading}>
          <span id={`${id}-label`} className={styles.name}>
            {label}
          </span>
          <span id={`${id}-hint`} className={styles.hint}>
            {hint}
          </span>
        </div>
        {end}
      </div>
      {children}
      <ProblemText id={`${id}-problem`}>{problem}</ProblemText>
    </div>
  );
}
