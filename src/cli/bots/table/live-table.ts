/**
 * Live table: shows the clusters at the bottom of a terminal, redrawn every second.
 */
import type { WriteStream } from 'node:tty';
import type { ClusterManager } from 'shardwire';
import { hasColours } from '../../kit/colours.js';
import { PinnedArea } from './pinned-area.js';
import { renderTable } from './render-table.js';
import { TableRows } from './table-row.js';

const REDRAW_MS = 1000;
/** Share of the terminal's lines; the rest is left to the bot's own output. */
const MAX_SHARE = 0.5;

export class LiveTable {
  readonly #manager: ClusterManager;
  readonly #terminal: WriteStream;
  readonly #area = new PinnedArea();
  readonly #rows = new TableRows();
  readonly #draw = (): void => this.#redraw();
  readonly #remove = (): void => this.remove();
  #timer: NodeJS.Timeout | undefined;

  constructor(manager: ClusterManager, terminal: WriteStream) {
    this.#manager = manager;
    this.#terminal = terminal;
  }

  /** Shows the table until `remove()` or the end of the process. */
  show(): void {
    this.#timer = setInterval(this.#draw, REDRAW_MS).unref();
    this.#terminal.on('resize', this.#draw);
    process.once('exit', this.#remove);
    // The clusters are not known before the first one is started.
    this.#manager.once('clusterCreate', () => setImmediate(this.#draw));
  }

  remove(): void {
    clearInterval(this.#timer);
    this.#terminal.off('resize', this.#draw);
    process.off('exit', this.#remove);
    this.#terminal.write(this.#area.release());
  }

  #redraw(): void {
    const { clusters } = this.#manager;
    if (clusters.length === 0) return;
    const { columns, rows } = this.#terminal;
    const space = {
      columns,
      lines: Math.floor(rows * MAX_SHARE),
      colours: hasColours(this.#terminal, process.env),
    };
    const lines = renderTable(this.#rows.sample(clusters, performance.now()), this.#manager.stats(), space);
    this.#terminal.write(this.#area.draw(lines, rows));
  }
}
