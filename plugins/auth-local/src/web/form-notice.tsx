import type { ReactNode } from 'react';
import styles from './auth-forms.module.css';

interface FormNoticeProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
}

/** A few words that change what a form means. */
export const FormNotice = ({ title, children, icon }: FormNoticeProps) => (
  <div role="note" className={styles['notice']}>
    {icon}
    <p>
      <strong>{title}</strong> {children}
    </p>
  </div>
);
