const SCRIPTS: readonly [RegExp, string][] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Greek}/u, 'el'],
  [/[іїєґІЇЄҐ]/u, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
];
const HAN_BY_REGION: Record<string, string> = { JP: 'ja', TW: 'zh-Hant', HK: 'zh-Hant' };

/**
 * The language a title is set in, for the right letter shapes and voice; undefined for Latin script, which tells nothing.
 * The catalogue does not carry it, so the script decides, and for Han characters the region.
 */
export function languageOf(text: string, region: string): string | undefined {
  const known = SCRIPTS.find(([script]) => script.test(text));
  if (known) return known[1];
  return /\p{Script=Han}/u.test(text) ? (HAN_BY_REGION[region] ?? 'zh') : undefined;
}

/** How wide a text sets, in average Latin letters: East Asian characters take nearly two. */
export function widthInLetters(text: string): number {
  const wide =
    text.match(/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return [...text].length + wide * 0.9;
}
