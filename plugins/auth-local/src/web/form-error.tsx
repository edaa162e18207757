import styles from './auth-forms.module.css';

/** What went wrong with no field in particular; said at once, since the place to say it is always there. */
export const FormError = ({ children }: { readonly children: string | undefined }) => (
  <div role="alert" className={styles['alert']}>
    {children === undefined ? undefined : <p className={styles['error']}>{children}</p>}
  </div>
);
