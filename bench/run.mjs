/**
 * The bench: everything side by side, or one subject.
 *
 * Usage: npm run bench -- [--quick | calls | scale | start | gen | validate | tables] [options of the subject]
 */
const subjects = {
  everything: './everything.mjs',
  quick: './quick.mjs',
  calls: './calls.mjs',
  scale: './scale.mjs',
  start: './start.mjs',
  gen: './gen.mjs',
  validate: './validate.mjs',
  tables: './tables.mjs',
};

const [word = 'everything', ...options] = process.argv.slice(2);
const isOption = word.startsWith('-') && word !== '--quick';
const subject = isOption ? 'everything' : word.replace(/^--/, '');
const file = subjects[subject];
if (file === undefined) {
  console.error(`There is no bench '${subject}'; there are ${Object.keys(subjects).join(', ')}.`);
  process.exit(1);
}
// What the bench has to tidy up is tidied up on `exit`, which a signal alone does not bring.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

// The subject sees its own options only.
process.argv = [...process.argv.slice(0, 2), ...(isOption ? [word] : []), ...options];
await import(file);
