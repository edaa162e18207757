import { Button, type ButtonSize, type ButtonVariant, buttonClass, IconButton } from '@parley/ui/button';
import { CopyButton } from '@parley/ui/copy-button';
import { PencilIcon, PlusIcon, RotateCcwIcon, SquareIcon, Trash2Icon } from '@parley/ui/icon';
import { Tooltip } from '@parley/ui/tooltip';
import styles from './gallery.module.css';

const variants: readonly ButtonVariant[] = ['primary', 'secondary', 'quiet', 'danger'];
const sizes: readonly ButtonSize[] = ['small', 'medium', 'large'];

/** Buttons in every look and state. */
export function ButtonSection() {
  return (
    <>
      {variants.map((variant) => (
        <div key={variant} className={styles.row}>
          {sizes.map((size) => (
            <Button key={size} variant={variant} size={size}>
              {variant}
            </Button>
          ))}
          <Button variant={variant} icon={<PlusIcon />}>
            With icon
          </Button>
          <Button variant={variant} isPending>
            Pending
          </Button>
          <Button variant={variant} isDisabled>
            Disabled
          </Button>
          <IconButton variant={variant} label={`Edit, ${variant}`}>
            <PencilIcon />
          </IconButton>
        </div>
      ))}
      <div className={styles.row}>
        <Tooltip text="Regenerate" keys="R">
          <IconButton label="Regenerate">
            <RotateCcwIcon />
          </IconButton>
        </Tooltip>
        <IconButton label="Delete" size="small">
          <Trash2Icon />
        </IconButton>
        <IconButton label="Stop" variant="secondary" size="large">
          <SquareIcon />
        </IconButton>
        <CopyButton text="copied" />
        <CopyButton text="copied" isLabelled />
        <a href="#buttons" className={buttonClass()}>
          A link
        </a>
      </div>
    </>
  );
}
