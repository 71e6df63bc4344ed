// Encodes each line of its input with npm's tiktoken, and writes the ids: cl100k's, a tab, o200k's. The tests run it where APITOOLS_TIKTOKEN names
// the folder that it was installed into.
//
//   npm install --prefix /tmp/oracle tiktoken@1.0.22
//   node tools/tokens/Encode-Lines.mjs /tmp/oracle < lines
import { createInterface } from 'node:readline';
import { encoders, open, unescape } from './oracle.mjs';

const [cl100k, o200k] = encoders(open(process.argv[2] ?? '.'));
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const text = unescape(line);
  process.stdout.write(`${cl100k(text).join(' ')}\t${o200k(text).join(' ')}\n`);
}
