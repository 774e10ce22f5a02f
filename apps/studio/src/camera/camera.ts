import { StudioError } from '../project/studio-error';

/** Opens the camera. The caller stops the stream's tracks. @throws StudioError with the reason if there is no camera */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new StudioError('This page may not use a camera here. Open it by https, or on localhost.');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 } },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') {
      throw new StudioError(
        'The camera is blocked for this page. Allow it in the browser’s settings of the page.',
      );
    }
    if (name === 'NotFoundError') throw new StudioError('No camera was found. Connect one, or add files.');
    throw new StudioError(`The camera can't be opened (${name || error}). Close other programs that use it.`);
  }
}

/** The camera's current picture, as a JPEG. */
export async function takePicture(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

/** A file name that sorts by time: `camera 2026-01-31 12.30.05.123.jpg`. */
export function pictureName(now = new Date()): string {
  return `camera ${now.toISOString().replace('T', ' ').replaceAll(':', '.').replace('Z', '')}.jpg`;
}
