/**
 * Bench of the checks: emitted ones beside TypeBox' compiled ones, ajv's standalone code and typia's.
 *
 * All check the same types on the same values, in turn, many short rounds in one process; the figures are medians of
 * the ratios of one round, since in one round all had the same machine. After that every contender is asked about good
 * and broken values, where all must agree: ajv is the independent judge of the emitted JSON Schema.
 *
 * typia is told to refuse NaN and infinities (`finite`), as all others do.
 *
 * Usage: npm run bench -- validate [--rounds 40] [--ms 25]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { installPeers } from './kit/library.mjs';
import { median } from './kit/statistics.mjs';
import { CONTRACT } from './validate/contracts-source.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, ms: { type: 'string', default: '25' } },
});
const rounds = Number(values.rounds);
const ms = Number(values.ms);

const root = fileURLToPath(new URL('../', import.meta.url));
const home = join(root, 'bench/validate');
installPeers();
const require = createRequire(import.meta.url);

const item = (i) => ({
  id: `1234567890123456${i}`,
  name: `guild ${i}`,
  members: i * 10,
  channels: i,
  large: i % 2 === 0,
  owner: i % 3 === 0 ? null : `owner ${i}`,
});
const payloads = {
  small: { guildId: '123456789012345678' },
  fields: { guildId: '123456789012345678', name: 'a guild', members: 1234 },
  many: Array.from({ length: 100 }, (_, i) => item(i)),
};

/** The pages for the contract, as JavaScript, loaded. */
async function emitted() {
  const folder = mkdtempSync(join(tmpdir(), 'shardwire-bench-'));
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'contracts'));
  symlinkSync(root, join(folder, 'node_modules/shardwire'));
  symlinkSync(join(root, 'node_modules/typebox'), join(folder, 'node_modules/typebox'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'contracts/payloads.ts'), CONTRACT);
  const args = [join(root, 'dist/codegen/bin.js'), 'gen', '--emit', 'js'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const load = (file) => import(pathToFileURL(join(folder, 'generated', file)).href);
  const [page, schemas] = [await load('payloads.js'), await load('payloads.schema.js')];
  rmSync(folder, { recursive: true, force: true });
  return { spec: page.payloads, schemas: schemas.events };
}

function ajvStandalone(schemas) {
  const Ajv = require('ajv');
  const standalone = require('ajv/dist/standalone').default;
  const ajv = new Ajv.default({ code: { source: true, esm: false }, strict: false });
  for (const [name, schema] of Object.entries(schemas))
    ajv.addSchema(JSON.parse(JSON.stringify(schema)), name);
  const code = standalone(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
  const module = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- ajv gives its code as text
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports;
}

async function typia() {
  const tspc = join(root, 'bench/node_modules/ts-patch/bin/tspc.js');
  const { status, stdout } = spawnSync(process.execPath, [tspc, '-p', home], { cwd: home, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
  const { checks } = await import(pathToFileURL(join(home, 'build/typia.js')).href);
  return checks;
}

const { spec, schemas } = await emitted();
const { Compile } = await import(pathToFileURL(require.resolve('typebox/compile')).href);
const ajv = ajvStandalone(schemas);
const typed = await typia();

const names = Object.keys(payloads);
const contenders = {
  shardwire: Object.fromEntries(names.map((name) => [name, spec.events[name].data.is])),
  typebox: Object.fromEntries(
    names.map((name) => {
      const compiled = Compile(schemas[name]);
      return [name, (value) => compiled.Check(value)];
    }),
  ),
  ajv: Object.fromEntries(names.map((name) => [name, ajv[name]])),
  typia: typed,
};

/** Everything that stands somewhere in a value, replaced by something else, one at a time. */
function* broken(value) {
  const others = [undefined, null, 'x', 1, true, [], {}];
  yield* others;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value).slice(0, 6)) {
    for (const inner of broken(value[key])) {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      copy[key] = inner;
      yield copy;
    }
  }
}

/** Nanoseconds for one check. */
function measure(check, value, batch) {
  const start = performance.now();
  let count = 0;
  let now = start;
  while (now < start + ms) {
    for (let i = 0; i < batch; i++) if (!check(value)) throw new Error('it does not fit any more');
    count += batch;
    now = performance.now();
  }
  return ((now - start) * 1e6) / count;
}

const rows = [];
for (const name of names) {
  const batch = name === 'many' ? 50 : 2_000;
  const who = Object.keys(contenders);
  const times = new Map(who.map((one) => [one, []]));
  for (let round = -3; round < rounds; round++) {
    // Every round begins with another: nobody is always the one after the garbage.
    for (let i = 0; i < who.length; i++) {
      const one = who[(i + Math.max(0, round)) % who.length];
      const time = measure(contenders[one][name], payloads[name], batch);
      if (round >= 0) times.get(one).push(time);
    }
  }
  for (const one of who) {
    const ratios = times.get('shardwire').map((own, i) => own / times.get(one)[i]);
    rows.push({
      payload: name,
      contender: one,
      'ns/check': median(times.get(one)).toFixed(1),
      'shardwire takes x of it': median(ratios).toFixed(2),
    });
  }
}
console.table(rows);

// Afterwards: what a check has seen decides how fast it is.
let compared = 0;
for (const name of names) {
  for (const value of [payloads[name], ...broken(payloads[name])]) {
    // JSON knows no `undefined`; ajv sees a member that is there and holds it.
    const plain = value === undefined ? null : JSON.parse(JSON.stringify(value));
    const said = Object.entries(contenders).map(([who, checks]) => [who, Boolean(checks[name](plain))]);
    compared++;
    if (new Set(said.map(([, is]) => is)).size > 1) {
      throw new Error(`${name}: ${JSON.stringify(plain).slice(0, 200)}: ${JSON.stringify(said)}`);
    }
  }
}
console.log(`${compared} values, good and broken: all contenders agree`);
