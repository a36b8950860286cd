import { call, RefusalError } from '../../ui/operations.ts';
import { mostParts, partBytes, uploadPart } from './contract.ts';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Hands a file over in parts under one import; `onShare` hears how much of it has arrived (0 to 1). */
export async function uploadFile(
  file: File,
  ids: { importId: string; bodyId: string },
  onShare: (share: number) => void,
): Promise<void> {
  const parts = Math.max(1, Math.ceil(file.size / partBytes));
  if (parts > mostParts) throw new RefusalError(uploadPart.name, 'list-too-big');
  for (let part = 1; part <= parts; part++) {
    const piece = file.slice((part - 1) * partBytes, part * partBytes);
    const bytes = base64(new Uint8Array(await piece.arrayBuffer()));
    await call(uploadPart, { ...ids, source: file.name.slice(0, 200) || 'list', part, bytes });
    onShare(part / parts);
  }
}
