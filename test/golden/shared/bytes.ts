export interface Attachment {
  content: Buffer;
}
