import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { attempt } from '../state/notices';
import { openCamera } from './camera';

interface CameraViewProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Called when the camera shows a picture. */
  readonly onReady?: () => void;
}

/** Shows the camera's picture. The camera stops when this leaves the page. */
export function CameraView({ video, onReady }: CameraViewProps) {
  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    void attempt(async () => {
      stream = await openCamera();
      if (gone) stopAll(stream);
      else if (video.current) video.current.srcObject = stream;
    });
    return () => {
      gone = true;
      if (stream) stopAll(stream);
    };
  }, [video]);
  return (
    <video ref={video} class="camera" autoPlay muted playsInline aria-label="Camera" onPlaying={onReady} />
  );
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
