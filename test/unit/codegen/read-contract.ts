/**
 * Reading contracts in tests: one project for all of a file's tests, since opening one takes a second.
 */
import { fileURLToPath } from 'node:url';
import { openReader } from '../../../codegen/frontend/contract-reader.js';
import type { ContractReader, Reading } from '../../../codegen/frontend/contract-reader.js';
import type { ContractModel } from '../../../codegen/model/model.js';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

let shared: ContractReader | undefined;

function sharedReader(): ContractReader {
  if (shared !== undefined) return shared;
  const opened = openReader(ROOT, `${ROOT}/tsconfig.json`);
  if (!opened.ok) throw new Error(opened.message);
  shared = opened.reader;
  return shared;
}

/** Reads contracts by their texts; the keys are their paths, relative to the repository. They need not exist. */
export function readTexts(texts: Readonly<Record<string, string>>): Reading {
  const sources = Object.entries(texts).map(([source, text]) => ({
    path: `${ROOT}/${source}`,
    source,
    text,
  }));
  return sharedReader().read(sources);
}

const IMPORT =
  "import type { ContractOptions, Events, Handlers, Int, Snowflake, UInt } from 'shardwire/contract';\n";

/** Reads one contract, called `sample`, and expects nothing to be wrong with it. */
export function readSample(text: string): ContractModel {
  const { contracts, diagnostics } = readTexts({ 'contracts/sample.ts': IMPORT + text });
  const [contract] = contracts;
  if (contract === undefined || diagnostics.length > 0)
    throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return contract;
}
