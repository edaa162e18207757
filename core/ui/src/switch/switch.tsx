import { type ReactNode, useId } from 'react';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components/Switch';
import { joinClasses } from '../class-names.ts';
import styles from './switch.module.css';

/** Props of `Switch`. */
export interface SwitchProps extends Omit<AriaSwitchProps, 'className' | 'style' | 'children' | 'render'> {
  /** A second line: what it changes. */
  readonly description?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A setting that is on or off and takes effect at once. */
export function Switch({ description, className, children, ...rest }: SwitchProps) {
  const descriptionId = useId();
  const described = description === undefined ? {} : { 'aria-describedby': descriptionId };
  return (
    <div className={joinClasses(styles.field, className)}>
      <AriaSwitch {...described} {...rest} className={joinClasses(styles.switch)}>
        <span className={styles.label}>{children}</span>
        <span className={styles.track}>
          <span className={styles.thumb} />
        </span>
      </AriaSwitch>
      {description === undefined ? undefined : (
        <div id={descriptionId} className={styles.description}>
          {description}
        </div>
      )}
    </div>
  );
}
