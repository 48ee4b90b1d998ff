/**
 * Short runs: what Node is told so that a process which is over in a second takes less of it.
 *
 * Both are hints: without them everything works, and takes longer.
 */
import * as module from 'node:module';
import { setFlagsFromString } from 'node:v8';

/** To be called before the compiler is loaded, which is where the time goes. */
export function expectShortRun(): void {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const flag = optimiseLater(major);
  if (flag !== undefined) setFlagsFromString(flag);
  keepCompiledCode();
}

/**
 * How often code runs before V8 optimises it: six times later than usual. Most of that work would never pay, and a
 * quarter of the processor's time goes into it. V8 prints an error for a flag that it does not know, so a Node that is
 * newer than this is left alone.
 */
function optimiseLater(major: number): string | undefined {
  if (major < 22) return '--interrupt-budget=400000';
  return major <= 26 ? '--invocation-count-for-turbofan=20000' : undefined;
}

/** The compiler's 13 MB need not be parsed again next time. Node has this since 22.8, as `tsc` has it. */
function keepCompiledCode(): void {
  const { enableCompileCache } = module as { readonly enableCompileCache?: () => unknown };
  enableCompileCache?.();
}
