import { Project, ts } from 'ts-morph';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './read-contract.js';

const USE = `
import { bind } from './generated/index.js';
declare const cluster: Parameters<typeof bind>[0];
const { guilds } = bind(cluster);
void guilds.getGuildData.request({ guildId: '1' });
`;

let project: Project;

/** The language service as an editor has it, at the first place where `word` stands in the file. */
function at(word: string): { readonly node: ts.Node; readonly position: number; readonly path: string } {
  const file = project.getSourceFileOrThrow(`${ROOT}/use.ts`);
  const position = file.getFullText().indexOf(word);
  const node = file.getDescendantAtPos(position);
  if (node === undefined) throw new Error(`there is no ${word}`);
  return { node: node.compilerNode, position, path: file.getFilePath() };
}

beforeAll(() => {
  project = new Project({ tsConfigFilePath: `${ROOT}/tsconfig.json`, skipAddingFilesFromTsConfig: true });
  project.createSourceFile(`${ROOT}/use.ts`, USE);
}, 30_000);

describe('in an editor', () => {
  it('go-to-definition on a stub leads to the contract', () => {
    const { path, position } = at('getGuildData');

    const found = project.getLanguageService().compilerObject.getDefinitionAtPosition(path, position) ?? [];

    expect(found.map(({ fileName }) => fileName)).toEqual([`${ROOT}/contracts/guilds.ts`]);
  });

  it("hover on a stub says what the contract's author said", () => {
    const { path, position } = at('getGuildData');

    const hover = project.getLanguageService().compilerObject.getQuickInfoAtPosition(path, position);

    expect(ts.displayPartsToString(hover?.documentation)).toBe(
      'A guild, from the cluster that has its shard; `null` if the bot is not in it.',
    );
  });
});
