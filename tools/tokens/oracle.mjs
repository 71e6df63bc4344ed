// What the tools here have in common: npm's tiktoken (and gpt-tokenizer) from a folder that they were installed into, and how texts and ids are written.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const encodings = ['cl100k_base', 'o200k_base'];
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const fixtures = join(root, 'tests', 'ApiTools.Core.Tests', 'Fixtures', 'Tokens');

export function open(folder) {
  const require = createRequire(resolve(folder, 'x.js'));
  const version = name => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  return { require, version, Tiktoken: require('tiktoken/lite').Tiktoken };
}

/** tiktoken's own encoders, by name: a text to the ids of its tokens, special tokens being text. */
export function encoders({ require, Tiktoken }) {
  return encodings.map(name => {
    const { bpe_ranks, pat_str } = require(`tiktoken/encoders/${name}.json`);
    const encoder = new Tiktoken(bpe_ranks, {}, pat_str);
    return text => encoder.encode_ordinary(text);
  });
}

/** Printable ASCII but for the backslash as it is, all else as \uXXXX, a UTF-16 code unit each: half a surrogate pair can be written too. */
export const escape = text => text.replace(/[^ -\[\]-~]/g, unit => '\\u' + unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'));

export const unescape = text => text.replace(/\\u([0-9A-F]{4})/g, (_, unit) => String.fromCharCode(parseInt(unit, 16)));

/** The first bytes of the SHA-256 of the ids, as 32 bits each, lowest byte first. */
export function digest(ids, bytes = 8) {
  return createHash('sha256').update(Buffer.from(Uint32Array.from(ids).buffer)).digest('hex').slice(0, 2 * bytes);
}
