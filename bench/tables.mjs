/**
 * Tables: writes RESULTS.md and the README's table anew from results.json, without measuring anything.
 *
 * Usage: npm run bench -- tables
 */
import { lastReport, writeTables } from './kit/report.mjs';

writeTables(lastReport());
