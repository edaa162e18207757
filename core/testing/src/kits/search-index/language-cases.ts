import type { KitCase } from '../kit.ts';
import { expectFound, toDocument } from './subject.ts';
import type { SearchSubject } from './subject.ts';

interface Language {
  readonly name: string;
  readonly text: string;
  /** Each finds the text. */
  readonly found: readonly string[];
  /** None finds it. */
  readonly missed?: readonly string[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'French, with and without accents',
    text: 'Le café déjà fermé à Orléans',
    found: ['café', 'cafe', 'CAFÉ', 'deja ferme', 'cafe\u0301', 'orlé'],
    missed: ['caf ferme'],
  },
  {
    name: 'German, with and without umlauts',
    text: 'Die Größe der Übermittlung ärgert Jörg',
    found: ['größe', 'ÜBERMITTLUNG', 'ubermitt', 'argert jorg'],
  },
  { name: 'Polish', text: 'Zażółć gęślą jaźń', found: ['gęślą', 'gesla', 'jazn'] },
  { name: 'Turkish', text: 'İstanbul güzel bir şehir', found: ['güzel', 'guzel şehir', 'sehir'] },
  { name: 'Vietnamese', text: 'Tiếng Việt rất đẹp', found: ['tiếng việt', 'tieng viet'] },
  { name: 'Greek', text: 'Καλημέρα κόσμε', found: ['καλημέρα', 'καλημερα', 'ΚΟΣΜΕ'] },
  { name: 'Russian', text: 'Зелёная ёлка растёт', found: ['елка', 'ЁЛКА', 'зелен'], missed: ['лка'] },
  { name: 'Arabic, with and without marks', text: 'اللُّغَةُ العربية جميلة', found: ['العربية', 'اللغة', 'جميل'] },
  { name: 'Hebrew, with and without points', text: 'שָׁלוֹם עולם', found: ['שלום', 'עולם', 'עול'] },
  { name: 'Hindi', text: 'मुझे हिन्दी भाषा पसंद है', found: ['हिन्दी', 'भाषा पसंद'] },
  {
    name: 'Chinese',
    text: '我们明天去北京大学看朋友',
    found: ['北京', '大学', '北京大学', '明天 朋友'],
    missed: ['上海'],
  },
  { name: 'Japanese', text: '東京タワーへ行きたいです', found: ['東京', 'タワー'], missed: ['大阪'] },
  { name: 'Korean', text: '서울 날씨가 좋습니다', found: ['서울', '날씨'], missed: ['부산'] },
  { name: 'Thai', text: 'ฉันรักภาษาไทยมาก', found: ['ภาษา', 'ไทย'], missed: ['อังกฤษ'] },
  { name: 'words beside emoji', text: 'party🎉time 👩‍👩‍👧 family', found: ['party', 'time', 'family'] },
  { name: 'wide letters', text: 'ＡＢＣ １２３', found: ['abc', '123'] },
  { name: 'many languages in one text', text: 'Meeting 明天 в Париже café', found: ['明天', 'париже', 'cafe meeting'] },
];

/** Words of the world's languages. */
export const languageCases: readonly KitCase<SearchSubject>[] = LANGUAGES.map(({ name, text, found, missed = [] }) => ({
  name: `finds ${name}`,
  run: async ({ index }) =>
    expectFound(index, [toDocument('a', text), toDocument('b', 'something else')], {
      ...Object.fromEntries(found.map((query) => [query, ['a']])),
      ...Object.fromEntries(missed.map((query) => [query, []])),
    }),
}));
