/** Amazon's name of the tool with which its models look things up on the web, at AWS. */
export const GROUNDING = 'nova_grounding';

/** Whether a call is one for us, and not of something that runs at AWS; not every model marks those. */
export const isForUs = ({
  type,
  name,
}: {
  readonly type?: string | undefined;
  readonly name?: string | undefined;
}): boolean => type === undefined && name !== GROUNDING;
