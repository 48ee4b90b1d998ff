/**
 * The bench: one subject at a time, or, without a word, calls.
 *
 * Usage: npm run bench -- [calls | gen | validate] [options of the subject]
 */
const subjects = { calls: './calls.mjs', gen: './gen.mjs', validate: './validate.mjs' };

const [subject = 'calls'] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const file = subjects[subject];
if (file === undefined) {
  console.error(`There is no bench '${subject}'; there are ${Object.keys(subjects).join(', ')}.`);
  process.exit(1);
}
// Not the default: what the bench has to tidy up is tidied up on `exit`.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

// The subject sees its own options only.
process.argv = process.argv.filter((word) => word !== subject);
await import(file);
