const LARGEST_PX = 1600;
const QUALITY = 0.85;

export class NoPicture extends Error {}

/** The picture as a JPEG whose longer side is at most `pixels`, under a name of its own. Throws NoPicture. */
export async function shrunk(picture: File, pixels: number | null): Promise<File> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(picture);
  } catch {
    throw new NoPicture(`“${picture.name}”不是可以打开的图片，请选择 JPEG 或 PNG 照片。`);
  }
  const scale = Math.min(1, (pixels ?? LARGEST_PX) / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob) throw new NoPicture(`“${picture.name}”无法处理，请换一张照片。`);
  return new File([blob], `${randomName()}.jpg`, { type: 'image/jpeg' });
}

export function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
