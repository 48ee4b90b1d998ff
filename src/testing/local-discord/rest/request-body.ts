/**
 * Reading the body of a request, of bounded size, as JSON or as an upload with `payload_json`.
 *
 * @see https://discord.com/developers/docs/reference#uploading-files
 */
import type { IncomingMessage } from 'node:http';
import type { UploadedFile } from '../talk/message-body.js';
import { notJson, tooLarge } from '../talk/api-error.js';

const MOST_BYTES = 10 * 1024 * 1024;

export interface RequestBody {
  /** The parsed JSON, `undefined` if there was no body. */
  readonly json: unknown;
  /** Names and sizes of uploaded files; their bytes are not kept. */
  readonly files: readonly UploadedFile[];
}

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const bytes = await collect(request);
  if (bytes.length === 0) return { json: undefined, files: [] };

  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) return readUpload(bytes, contentType);
  return { json: parse(bytes.toString('utf8')), files: [] };
}

/** Reads to the end even when it is too much, keeping nothing: only then does the client listen to the answer. */
async function collect(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > MOST_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

async function readUpload(bytes: Buffer, contentType: string): Promise<RequestBody> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => Promise.reject(notJson()));
  const payload = form.get('payload_json');
  return {
    json: typeof payload === 'string' ? parse(payload) : {},
    files: [...form.values()].flatMap((part) =>
      typeof part === 'string' ? [] : { name: part.name, size: part.size },
    ),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}
