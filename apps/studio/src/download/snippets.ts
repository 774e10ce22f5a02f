/** A piece of code that uses a downloaded model. */
export interface Snippet {
  readonly title: string;
  /** Steps before the code is run. */
  readonly before: string;
  readonly code: string;
}

/**
 * The code for using a model, in several languages. Each piece has about ten lines, and runs unchanged.
 *
 * @param size the side of the images that the network takes
 */
export function snippets(size: number): readonly Snippet[] {
  return [
    {
      title: 'Node (TensorFlow.js model)',
      before:
        'Unzip model.zip, then: npm install @thawjs/core @thawjs/backends @tensorflow/tfjs-core @tensorflow/tfjs-layers sharp',
      code: `import { useBestBackend } from '@thawjs/backends';
import { load } from '@thawjs/core';

await useBestBackend();
const model = await load('model'); // the unzipped folder
const answer = await model.classify('photo.jpg');
for (const { label, probability, predicted } of answer) {
  console.log(label, probability.toFixed(3), predicted ? 'yes' : 'no');
}
`,
    },
    {
      title: 'Web page (TensorFlow.js model)',
      before: 'Unzip model.zip into the files that your server serves.',
      code: `import { useBestBackend } from '@thawjs/backends';
import { load } from '@thawjs/core';

await useBestBackend();
const model = await load('/model'); // where your server has the folder
const image = document.querySelector('img'); // or a File, a canvas, a video
const answer = await model.classify(image);
document.body.append(
  answer.filter(({ predicted }) => predicted).map(({ label }) => label).join(', '),
);
`,
    },
    {
      title: 'Python (ONNX model)',
      before: 'pip install onnxruntime pillow numpy',
      code: `import json
import numpy as np, onnxruntime
from PIL import Image

session = onnxruntime.InferenceSession('model.onnx')
about = session.get_modelmeta().custom_metadata_map
labels, thresholds = json.loads(about['labels']), json.loads(about['thresholds'])
image = Image.open('photo.jpg').convert('RGB').resize((${size}, ${size}), Image.BILINEAR)
pixels = np.asarray(image, dtype=np.float32)[None]  # 0 to 255
[probabilities] = session.run(None, {'images': pixels})[0]
print([label for label, p, t in zip(labels, probabilities, thresholds) if p >= t])
`,
    },
  ];
}
