import { SearchIcon } from '@parley/ui/icon';
import { PasswordField, TextField } from '@parley/ui/text-field';
import styles from './gallery.module.css';

/** Fields and choices. */
export function FieldSection() {
  return (
    <div className={styles.columns}>
      <TextField label="Name" placeholder="Ada Lovelace" description="Shown beside your messages." />
      <TextField
        label="Email"
        defaultValue="ada@"
        errorMessage="An address needs a domain, for example ada@example.org."
      />
      <PasswordField label="Password" defaultValue="correct horse" />
      <TextField label="Search" isLabelHidden placeholder="Search conversations" icon={<SearchIcon />} />
      <TextField label="Base address" isCode defaultValue="https://localhost:11434/v1" />
      <TextField label="Disabled" isDisabled defaultValue="Set by your administrator" />
      <TextField label="Instructions" rows={3} defaultValue="Answer briefly." />
    </div>
  );
}
