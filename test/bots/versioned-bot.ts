/**
 * A cluster whose contract has another version on cluster 0 than on all others, as in a rolling restart.
 */
import { EventEmitter } from 'node:events';
import { ClusterClient } from 'shardwire';

type Call = (...args: readonly unknown[]) => Promise<unknown>;
type Stub = Record<'handle' | 'on' | 'requestTo' | 'broadcastAndWait', Call>;
interface Pages {
  bind(cluster: ClusterClient<EventEmitter>): { readonly shop: Record<string, Stub> };
}

const folder = new URL(`file://${process.env['PAGES'] ?? ''}/`);
const [old, next] = (await Promise.all(
  ['old', 'new'].map((version) => import(new URL(`${version}/index.js`, folder).href)),
)) as [Pages, Pages];

const cluster = new ClusterClient(new EventEmitter());
const isOld = cluster.id === 0;
const { shop } = (isOld ? old : next).bind(cluster);
const heard: unknown[] = [];

void shop['stock']?.handle(() => ({ left: 3, reserved: 1 }));
void shop['label']?.handle(({ id }: { id: string }) => (isOld ? { text: id } : { text: id, language: 'en' }));
void shop['price']?.handle(() => ({ amount: 5 }));
void shop['count']?.handle(() => (isOld ? { total: 1 } : { all: 1 }));
void shop['sold']?.on((data: unknown) => heard.push(data));

cluster.ipc.handle('heard', () => heard.splice(0));

/** Calls from inside this cluster by its own version, and tells how that ended. */
cluster.ipc.handle(
  'call',
  async ({ member, verb, args }: { member: string; verb: keyof Stub; args: never[] }) => {
    try {
      return { value: await shop[member]?.[verb](...args) };
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return { code, message };
    }
  },
);
