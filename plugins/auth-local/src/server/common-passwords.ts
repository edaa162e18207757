// Long passwords that are tried first: the usual words doubled or with a usual tail, and walks over the keyboard.
const toSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const WORDS = toSet(`
password passw0rd p@ssw0rd p@ssword mypassword letmein letmeinplease welcome qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou
iloveyouforever monkey dragon football baseball basketball superman spiderman batman princess sunshine shadow master
michael jennifer jordan jessica ashley charlie daniel thomas hunter trustno1 starwars whatever freedom computer internet
administrator admin root login access secret default changeme summer winter spring autumn january february september
october november december monday wednesday thursday friday liverpool manchester chelsea arsenal barcelona chocolate
butterfly flower cookie pokemon minecraft samsung google facebook instagram parley chatgpt openai abc123 test testtest
user guest hello helloworld mustang computer technology
`);
const WALKS = toSet(`
qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm asdfghjkl;'\\ asdfghjklzxcvbnm zxcvbnm,./
1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv qazwsxedcrfvtgb 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i
1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6 q1w2e3r4t5y6u7i8 zaq12wsxcde3 zaq1xsw2cde3 qweasdzxc123 123qweasdzxc 1234qwerasdf
1234qwerasdfzxcv qwerasdfzxcv qwer1234asdf asdf1234qwer 123456qwerty 123456789qwe qwe123456789 123456abcdef abcdef123456
a1b2c3d4e5f6 aa123456789 147258369147 741852963741 112233445566 123321123321 123456654321 thisismypassword
ilovemyfamily correcthorsebatterystaple passwordpassword123
`);
const RUNS = ['0123456789', '1234567890', 'abcdefghijklmnopqrstuvwxyz'].flatMap((run) => [
  run.repeat(8),
  Array.from(run).toReversed().join('').repeat(8),
]);
/** Nobody tries longer ones first. */
const MAX_LENGTH = 64;

const isUsualTail = (digits: string): boolean => '1234567890'.startsWith(digits) || /^(?:19|20)\d\d$/.test(digits);

function isUsualWord(text: string): boolean {
  const [, word = '', digits = ''] = /^(.+?)(\d*)[!?.@#$*]*$/u.exec(text) ?? [];
  const half = word.slice(0, word.length / 2);
  return isUsualTail(digits) && (WORDS.has(word) || (half + half === word && WORDS.has(half)));
}

/** Whether a password, folded to lower case without blanks, is among the long ones that are tried first. */
export function isCommonPassword(folded: string): boolean {
  if (folded.length > MAX_LENGTH) return false;
  const isRepetition = /^(.{1,4}?)\1+.{0,3}$/u.test(folded);
  return isRepetition || WALKS.has(folded) || RUNS.some((run) => run.includes(folded)) || isUsualWord(folded);
}
