import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { sentenceOf } from '../state/notices';
import { openCamera } from './camera';

interface CameraViewProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Called when the camera shows a picture. */
  readonly onReady?: () => void;
}

/** Shows the camera's picture, or why there is none. The camera stops when this leaves the page. */
export function CameraView({ video, onReady }: CameraViewProps) {
  const problem = useSignal('');
  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    openCamera().then(
      (opened) => {
        stream = opened;
        if (gone) stopAll(opened);
        else if (video.current) video.current.srcObject = opened;
      },
      (error: unknown) => (problem.value = sentenceOf(error)),
    );
    return () => {
      gone = true;
      if (stream) stopAll(stream);
    };
  }, [video]);
  if (problem.value) {
    return (
      <p class="notice problem" role="alert">
        {problem.value}
      </p>
    );
  }
  return (
    <video ref={video} class="camera" autoPlay muted playsInline aria-label="Camera" onPlaying={onReady} />
  );
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
