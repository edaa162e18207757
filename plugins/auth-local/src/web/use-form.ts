import { useHost } from '@parley/web';
import { type SubmitEvent, useEffect, useEffectEvent, useRef, useState } from 'react';

/** What is wrong, by field; under `form`, what is wrong with none of them. */
export type FormErrors<Name extends string> = Readonly<Partial<Record<Name | 'form', string>>>;

/** A form's rules. */
export interface FormOptions<Name extends string> {
  /** The fields in the order they stand, with what stands in them at first. */
  readonly initial: Readonly<Record<Name, string>>;
  /** What can be said before anything is sent. */
  readonly check: (values: Readonly<Record<Name, string>>) => FormErrors<Name>;
  readonly send: (values: Readonly<Record<Name, string>>) => Promise<void>;
  /** What a refusal means, by field. */
  readonly explain: (error: unknown) => FormErrors<Name>;
}

/** A form's state: values, errors, and whether it is being sent. After a failure the first wrong field has the focus. */
export function useForm<Name extends string>({ initial, check, send, explain }: FormOptions<Name>) {
  const host = useHost();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState({} as FormErrors<Name>);
  const [failures, setFailures] = useState(0);
  const [isPending, setPending] = useState(false);
  const inputs = useRef(new Map<string, HTMLInputElement>());

  const focusFirst = useEffectEvent(() => {
    const name = (Object.keys(initial) as Name[]).find((field) => errors[field] !== undefined);
    const input = name && inputs.current.get(name);
    // Focus that moves reads the error out; focus that is there already does not.
    if (name && document.activeElement === input) host.announce(errors[name] ?? '', 'assertive');
    else input?.focus();
  });
  useEffect(() => {
    if (failures > 0) focusFirst();
  }, [failures]);

  function fail(found: FormErrors<Name>): void {
    setErrors(found);
    setFailures((count) => count + 1);
  }
  async function attempt(): Promise<void> {
    const found = check(values);
    if (Object.keys(found).length > 0) return fail(found);
    setErrors({} as FormErrors<Name>);
    setPending(true);
    try {
      await send(values);
    } catch (error) {
      fail(explain(error));
    } finally {
      setPending(false);
    }
  }

  return {
    isPending,
    formError: errors.form,
    /** Empties the form. */
    reset: () => setValues(initial),
    submit: (event: SubmitEvent) => {
      event.preventDefault();
      if (!isPending) void attempt();
    },
    /** Props of one field. */
    field: (name: Name) => ({
      name,
      value: values[name],
      errorMessage: errors[name],
      isRequired: true,
      validationBehavior: 'aria' as const,
      inputRef: (input: HTMLInputElement | null) => {
        if (input) inputs.current.set(name, input);
        else inputs.current.delete(name);
      },
      onChange: (value: string) => {
        setValues((before) => ({ ...before, [name]: value }));
        setErrors(({ [name]: _gone, form: _form, ...rest }) => rest as FormErrors<Name>);
      },
    }),
  };
}
