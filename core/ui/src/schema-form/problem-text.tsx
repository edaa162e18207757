import styles from './schema-form.module.css';

/** What is wrong with something that is no single input, said when it appears. */
export function ProblemText({ id, children }: { readonly id?: string; readonly children: string | undefined }) {
  return (
    <p id={id} role="alert" className={styles.problem}>
      {children}
    </p>
  );
}
