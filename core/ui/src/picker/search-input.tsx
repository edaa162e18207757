import { Input } from 'react-aria-components/Input';
import { TextField } from 'react-aria-components/TextField';
import { joinClasses } from '../class-names.ts';
import { SearchIcon } from '../icon/index.ts';
import field from '../text-field/text-field.module.css';
import styles from './picker.module.css';

/** Props of `SearchInput`. */
export interface SearchInputProps {
  readonly label: string;
}

/** The search of a `Picker`: a combobox whose list is always open, so that assistive technology follows the active option. */
export function SearchInput({ label }: SearchInputProps) {
  return (
    <TextField aria-label={label} autoFocus className={joinClasses(field.field, styles.search)}>
      <div className={field.box}>
        <SearchIcon />
        <Input
          role="combobox"
          aria-expanded
          aria-haspopup="listbox"
          placeholder={label}
          className={joinClasses(field.input)}
        />
      </div>
    </TextField>
  );
}
